import ArgumentParser
import GyreFormats
import GyreGenerators

/// What the commands that generate tables have in common, and how they write.
struct GeneratedTableOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("At least 1.", valueName: "n"),
        transform: OptionNumbers.whole(TableLimits.rows))
    var rows: Int

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Numbers in a row, besides its label: from 1 to 10000.", valueName: "d"),
        transform: OptionNumbers.whole(TableLimits.columns))
    var columns: Int

    @OptionGroup var drawing: SeedOptions

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            """
            Where the rows go; the ending tells the form: .csv, .tsv, .jsonl, .txt, .libsvm. Standard output is CSV.
            """,
            valueName: "file"))
    var output: String = "-"

    /// Writes the rows in the order of their numbers.
    func write(_ table: some GeneratedTable, in session: Session) throws {
        // The form behind the extra ending is not used: a row of LIBSVM begins with its label.
        let result = try ResultOutput(path: output, extra: [Self.libsvm: .text])
        let isLIBSVM = output.lowercased().hasSuffix("." + Self.libsvm)
        let files = try session.open([OutputClaims.Claim(option: "--output", path: output)])
        session.count { $0.rows = table.rowCount }
        try session.phase(\.write) {
            // Nothing but writing can fail, so a pipe need not wait for the end.
            for file in files { try file.resultIsComplete() }
            let rows = GeneratedRows(table: table, form: isLIBSVM ? .libsvm : .results(result.format))
            try rows.write(to: files[0], in: session)
            try session.publish(files)
        }
    }

    private static let libsvm = "libsvm"
}
