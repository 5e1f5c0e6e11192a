import Gyre
import GyreLearning
import GyreLearningAlgorithms

/// A logistic model that scores a stream of blocks: rows a second a core.
struct PredictionRow: Row {
    let name = "prediction"
    let summary = "a logistic model of 50 features over a stream of blocks"

    private static let columns = 50
    private static let blockRows = 2048

    func run(_ settings: Settings) throws -> [Figure] {
        let table = RegressionRows.table(rows: settings.learningRows, columns: Self.columns, isBinary: true)
        let model = try LogisticRegression().fit(table)
        let whole = table.blocks[0]
        let blocks = stride(from: 0, to: table.rowCount, by: Self.blockRows).map { start in
            whole.rows(start..<min(start + Self.blockRows, table.rowCount))
        }
        let expected = try model.transform(whole).probabilities?.reduce(0, +) ?? .nan
        return try [1, 2].map { workers in
            let timings = try KernelTiming.runs(settings.runs, workers: workers, records: table.rowCount) {
                let job = Job("prediction")
                let sums = model.transform(job.elements(blocks)).map { $0.probabilities?.reduce(0, +) ?? .nan }
                    .collect()
                try job.run(JobConfiguration(parallelism: workers))
                return sums.elements.reduce(0, +)
            }
            guard timings.allSatisfy({ abs($0.result - expected) <= 1e-9 * expected }) else {
                throw ChildProcess.Failure(description: "\(timings.map(\.result)), at once \(expected)")
            }
            print("   \(workers) workers: \(timings.map(\.nanoseconds).spread) ns a row a core")
            return Figure(
                name: "\(workers) workers", value: 1e3 / timings.map(\.nanoseconds).median,
                unit: "million rows a second a core", goal: 5, isFloor: true)
        }
    }
}
