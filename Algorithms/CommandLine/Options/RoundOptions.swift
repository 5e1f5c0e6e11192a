import ArgumentParser

/// Of algorithms that run until nothing changes.
struct RoundOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The most rounds. (default: until nothing changes)", valueName: "n"),
        transform: OptionNumbers.whole(1...Int.max))
    var iterations: Int?
}
