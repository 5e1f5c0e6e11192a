import Gyre
import GyreLearning
import GyreLearningAlgorithms

/// A CSV file of 50 columns of Doubles to a linear model, against pandas and scikit-learn.
///
/// Once, in a fresh process each: what counts is a file that is read for one model, and the most memory that takes.
struct FeatureFileRow: PeerRow {
    let name = "csv-to-model"
    let summary = "a CSV file of 50 columns to a linear model, against pandas and scikit-learn"

    func run(_ settings: Settings) throws -> [Figure] {
        let file = FeatureFile(rows: settings.learningRows, columns: 50, in: settings.work)
        try file.make()
        let contest = try PeerContest(
            self, ["\(file.rows)", settings.work],
            peer: ("pandas and scikit-learn", "feature_file.py", [file.path, "fit"]), settings)
        let values = Double(file.rows * file.columns)
        return [
            contest.figure("read and fit", goal: 0.4),
            contest.peakFigure("peak memory", goal: 0.5),
            Figure(name: "CPU", value: contest.processor * 1e9 / values, unit: "ns a value"),
        ]
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 2, let rows = Int(arguments[0]) else {
            throw ChildProcess.Failure(description: "csv-to-model ROWS FOLDER")
        }
        let file = FeatureFile(rows: rows, columns: 50, in: arguments[1])
        let (table, model) = try Side.measure(runs: 1) {
            let table = try Self.table(of: file)
            let model = try LinearRegression().fit(table, configuration: JobConfiguration(parallelism: 2))
            return (table, model)
        }
        var bits = FeatureFile.Bits()
        for block in table.blocks {
            guard case .dense(let dense) = block.features, case .numbers(let labels)? = block.labels else { continue }
            dense.withUnsafeRows { base in
                for index in 0..<dense.rowCount * dense.columnCount { bits.add(base[index]) }
            }
            for label in labels { bits.add(label) }
        }
        try Side.require("bits", bits, equals: file.bits)
        Side.value("rows", table.rowCount)
        Side.value("columns", table.schema.features.count)
        Side.value("rank", model.rank ?? 0)
    }

    private static func table(of file: FeatureFile) throws -> FeatureTable {
        try FeatureTable.load(
            FeatureInput(paths: [file.path], label: "y"), configuration: JobConfiguration(parallelism: 2))
    }
}
