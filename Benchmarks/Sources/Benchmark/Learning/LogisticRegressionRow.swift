import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms

/// Binary logistic regression over rows in memory, fitted on 2 threads until the gradient is within 1e-6, against
/// scikit-learn.
struct LogisticRegressionRow: PeerRow {
    let name = "logistic-regression"
    let summary = "logistic regression of 50 features, against scikit-learn"

    private static let columns = 50
    private static let l2 = 1.0

    func run(_ settings: Settings) throws -> [Figure] {
        let rows = "\(settings.learningRows)"
        let contest = try PeerContest(
            self, [rows, "2"], peer: ("LogisticRegression", "logistic_regression.py", [rows, "\(Self.columns)"]),
            tolerance: 1e-9, settings)
        let walls = try ["1", "2"].map { workers in
            try (0..<settings.runs).map { _ in try PeerContest.alone(self, [rows, workers], settings).wall }.median
        }
        return [
            contest.figure("\(rows) × \(Self.columns), l2 = 1", goal: 0.8),
            Figure(name: "1 → 2 threads", value: walls[0] / walls[1], unit: "×", goal: 1.7, isFloor: true),
        ]
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 2, let rows = Int(arguments[0]), let workers = Int(arguments[1]) else {
            throw ChildProcess.Failure(description: "logistic-regression ROWS WORKERS")
        }
        let table = RegressionRows.table(rows: rows, columns: Self.columns, isBinary: true)
        let model = try Side.measure {
            try LogisticRegression(l2: Self.l2, tolerance: 1e-6).fit(
                table, configuration: JobConfiguration(parallelism: workers))
        }
        try report(model, table)
    }

    /// The objective, by a plain loop over all rows.
    private func report(_ model: LogisticRegressionModel, _ table: FeatureTable) throws {
        guard case .dense(let features) = table.blocks[0].features, case .numbers(let labels)? = table.blocks[0].labels
        else { throw ChildProcess.Failure(description: "rows of another form") }
        var objective = model.coefficients.reduce(0) { $0 + $1 * $1 } * Self.l2 / 2
        for row in 0..<table.rowCount {
            var score = model.intercept
            for column in 0..<Self.columns { score += features[row, column] * model.coefficients[column] }
            let margin = labels[row] > 0 ? score : -score
            objective += max(-margin, 0) + log1p(exp(-abs(margin)))
        }
        Side.minimum("objective", objective)
        Side.value("rows", table.rowCount)
    }
}
