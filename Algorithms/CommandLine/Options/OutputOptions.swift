import ArgumentParser

/// Where the result goes.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Where the result goes; its ending tells the form: .csv, .tsv, .jsonl, .txt. (default: -, standard output, as CSV)",
            valueName: "file"))
    var output: String = "-"
}
