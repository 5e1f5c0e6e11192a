import ArgumentParser

/// Of algorithms that start from one vertex.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The vertex to start from.", valueName: "id"))
    var source: String
}
