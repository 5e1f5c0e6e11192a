import ArgumentParser

/// Where the result goes.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Where the result goes; the ending tells the form: .csv, .tsv, .jsonl, .txt. Standard output is CSV.",
            valueName: "file"))
    var output: String = "-"
}
