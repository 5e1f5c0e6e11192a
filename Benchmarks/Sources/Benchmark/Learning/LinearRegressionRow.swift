import Gyre
import GyreLearning
import GyreLearningAlgorithms

/// Least squares over rows in memory, fitted on 2 threads, against scikit-learn.
struct LinearRegressionRow: PeerRow {
    let name = "linear-regression"
    let summary = "least squares of 50 features, against scikit-learn"

    private static let columns = 50

    func run(_ settings: Settings) throws -> [Figure] {
        var figures: [Figure] = []
        let rows = "\(settings.learningRows)"
        for (l2, title, goal) in [("0", "LinearRegression", 0.3), ("1", "Ridge", 1.0)] {
            let contest = try PeerContest(
                self, [rows, l2, "2"], peer: (title, "linear_regression.py", [rows, "\(Self.columns)", l2]),
                tolerance: 1e-8, settings)
            figures.append(contest.figure("\(rows) × \(Self.columns), l2 = \(l2)", goal: goal))
        }
        let walls = try ["1", "2"].map { workers in
            try (0..<settings.runs).map { _ in try PeerContest.alone(self, [rows, "0", workers], settings).wall }
                .median
        }
        figures.append(
            Figure(name: "1 → 2 threads", value: walls[0] / walls[1], unit: "×", goal: 1.7, isFloor: true))
        return figures
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 3, let rows = Int(arguments[0]), let l2 = Double(arguments[1]),
            let workers = Int(arguments[2])
        else { throw ChildProcess.Failure(description: "linear-regression ROWS L2 WORKERS") }
        let table = RegressionRows.table(rows: rows, columns: Self.columns, isBinary: false)
        let model = try Side.measure {
            try LinearRegression(l2: l2).fit(table, configuration: JobConfiguration(parallelism: workers))
        }
        for (column, coefficient) in model.coefficients.enumerated() {
            Side.number("coefficient-\(column)", coefficient)
        }
        // Near zero, so that relative to it any difference is large: relative to the labels' size.
        Side.number("intercept-plus-10", model.intercept + 10)
        Side.value("rows", rows)
    }
}
