import ArgumentParser

/// Of commands that draw random numbers.
struct SeedOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The same seed gives the same bytes, at any parallelism. (default: 0)", valueName: "n"),
        transform: OptionNumbers.seed)
    var seed: UInt64 = 0
}
