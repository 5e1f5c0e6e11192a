import Gyre
import GyreLearning
import GyreTesting

/// Random rows with a label that a linear model of them gives, and the naive ways to fit it.
struct LinearModelData {
    var rows: [[Double]] = []
    var labels: [Double] = []
    var weights: [Double]?
    let seed: UInt64

    /// Rows of standard normal features, roughly, with a label of noise 1; `isBinary` makes it 0 or 1.
    init(
        rows count: Int, features: Int, seed: UInt64, isBinary: Bool = false, isWeighted: Bool = false,
        offset: Double = 0
    ) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) } }
        let coefficients = (0..<features).map { _ in normal() }
        for _ in 0..<count {
            let row = (0..<features).map { _ in normal() }
            var label = 0.5 + 0.7 * normal()
            for (value, coefficient) in zip(row, coefficients) { label += value * coefficient }
            rows.append(row.map { $0 + offset })
            labels.append(isBinary ? (label > 0 ? 1 : 0) : label)
        }
        if isWeighted { weights = (0..<count).map { _ in Double(Int.random(in: 0...3, using: &random)) } }
    }

    var featureCount: Int { rows.first?.count ?? 0 }

    var table: FeatureTable { table(labels: .numbers(ArraySlice(labels))) }

    func table(labels: LabelColumn) -> FeatureTable {
        FeatureTable(rows: rows.flatMap { $0 }, columnCount: featureCount, labels: labels, weights: weights)
    }

    /// The same rows in blocks of some rows each, sparse: zeros are left out.
    func sparseTable(blockRows: Int) -> FeatureTable {
        var blocks: [FeatureBlock] = []
        for start in stride(from: 0, to: rows.count, by: blockRows) {
            let range = start..<min(start + blockRows, rows.count)
            var (offsets, columns, values) = ([0], [Int32](), [Double]())
            for row in rows[range] {
                for (column, value) in row.enumerated() where value != 0 {
                    columns.append(Int32(column))
                    values.append(value)
                }
                offsets.append(values.count)
            }
            blocks.append(
                FeatureBlock(
                    features: .sparse(
                        SparseRows(offsets: offsets, columns: columns, values: values, columnCount: featureCount)),
                    labels: .numbers(labels[range]), weights: weights.map { $0[range] }))
        }
        return FeatureTable(
            schema: FeatureSchema(
                features: FeatureSchema.names(count: featureCount), label: .init(name: "label", kind: .number),
                weight: weights == nil ? nil : "weight"), blocks: blocks)
    }

    /// Each row as often as its weight says.
    var repeated: LinearModelData {
        var result = self
        (result.rows, result.labels, result.weights) = ([], [], nil)
        for (index, row) in rows.enumerated() {
            for _ in 0..<Int(weights?[index] ?? 1) {
                result.rows.append(row)
                result.labels.append(labels[index])
            }
        }
        return result
    }

    var shuffled: LinearModelData {
        var random = SeededGenerator(seed: seed &+ 1)
        let order = Array(rows.indices).shuffled(using: &random)
        var result = self
        result.rows = order.map { rows[$0] }
        result.labels = order.map { labels[$0] }
        result.weights = weights.map { weights in order.map { weights[$0] } }
        return result
    }

    /// Coefficients, and the intercept behind them, by Gaussian elimination of the normal equations of centred rows.
    func leastSquares(l2: Double = 0) -> [Double] {
        let (mean, labelMean) = means
        var matrix = Array(repeating: Array(repeating: 0.0, count: featureCount + 1), count: featureCount)
        for (index, row) in rows.enumerated() {
            let weight = weights?[index] ?? 1
            for i in 0..<featureCount {
                for j in 0..<featureCount { matrix[i][j] += weight * (row[i] - mean[i]) * (row[j] - mean[j]) }
                matrix[i][featureCount] += weight * (row[i] - mean[i]) * (labels[index] - labelMean)
            }
        }
        for i in 0..<featureCount { matrix[i][i] += l2 }
        let solution = Self.eliminate(matrix)
        return solution + [zip(solution, mean).reduce(labelMean) { $0 - $1.0 * $1.1 }]
    }

    /// Coefficients and intercept by Newton's method.
    func logistic(l2: Double) -> [Double] {
        let size = featureCount + 1
        var point = Array(repeating: 0.0, count: size)
        for _ in 0..<60 {
            var matrix = Array(repeating: Array(repeating: 0.0, count: size + 1), count: size)
            for (index, row) in rows.enumerated() {
                let (x, weight) = (row + [1], weights?[index] ?? 1)
                let probability = Self.sigmoid(zip(x, point).reduce(0) { $0 + $1.0 * $1.1 })
                for i in 0..<size {
                    for j in 0..<size { matrix[i][j] += weight * probability * (1 - probability) * x[i] * x[j] }
                    matrix[i][size] += weight * (labels[index] - probability) * x[i]
                }
            }
            for i in 0..<featureCount {
                matrix[i][i] += l2
                matrix[i][size] -= l2 * point[i]
            }
            let step = Self.eliminate(matrix)
            for i in 0..<size { point[i] += step[i] }
            if step.allSatisfy({ abs($0) < 1e-14 }) { break }
        }
        return point
    }

    static func sigmoid(_ score: Double) -> Double {
        var power = 1.0
        var (base, exponent) = (2.718281828459045, abs(score))
        // By squaring and a series, so that it is another way than the library's.
        let whole = Int(exponent)
        exponent -= Double(whole)
        for _ in 0..<whole { power *= base }
        var (term, series) = (1.0, 1.0)
        for n in 1..<30 {
            term *= exponent / Double(n)
            series += term
        }
        base = power * series
        return score >= 0 ? base / (1 + base) : 1 / (1 + base)
    }

    private var means: (features: [Double], label: Double) {
        var (mean, label, total) = (Array(repeating: 0.0, count: featureCount), 0.0, 0.0)
        for (index, row) in rows.enumerated() {
            let weight = weights?[index] ?? 1
            total += weight
            label += weight * labels[index]
            for i in 0..<featureCount { mean[i] += weight * row[i] }
        }
        return (mean.map { $0 / total }, label / total)
    }

    /// Solves a system with its right side as last column, by rows with partial pivoting.
    static func eliminate(_ system: [[Double]]) -> [Double] {
        var system = system
        let size = system.count
        for pivot in 0..<size {
            let best = (pivot..<size).max { abs(system[$0][pivot]) < abs(system[$1][pivot]) } ?? pivot
            system.swapAt(pivot, best)
            for row in pivot + 1..<max(pivot + 1, size) {
                let factor = system[row][pivot] / system[pivot][pivot]
                for column in pivot...size { system[row][column] -= factor * system[pivot][column] }
            }
        }
        var solution = Array(repeating: 0.0, count: size)
        for row in stride(from: size - 1, through: 0, by: -1) {
            var value = system[row][size]
            for column in row + 1..<max(row + 1, size) { value -= system[row][column] * solution[column] }
            solution[row] = value / system[row][row]
        }
        return solution
    }
}

/// The largest difference, relative to the largest number.
func distance(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count)
    let scale = max(1e-300, right.reduce(0) { max($0, abs($1)) })
    return zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
}
