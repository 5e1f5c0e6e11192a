import Gyre
import GyreLearning

/// An estimator as the conformance suite sees it.
struct EstimatorSubject<Tested: Estimator>: Sendable where Tested.Fitted: Model {

    let name: String
    let labels: EstimatorLabels
    /// The loop whose rounds a checkpoint holds.
    let loop: String
    /// How far fits may be apart that differ by rounding only, relative to the largest number.
    var tolerance = 1e-7
    /// Whether it takes a single row.
    var takesOneRow = true
    /// Makes the estimator for a table, which stands for its features' scale.
    let make: @Sendable (FeatureTable) -> Tested
}

/// Rows as the suite makes them, before they are a table.
struct ConformanceRows: Sendable {
    var features: [[Double]]
    var labels: [Double]
    var weights: [Double]?

    /// Four groups of rows; labels follow the features, with noise.
    init(count: Int, columns: Int = 3, seed: UInt64, labels kind: EstimatorLabels) {
        var random = SplitMix(seed: seed)
        var features: [[Double]] = []
        var labels: [Double] = []
        for row in 0..<count {
            let group = Double(row % 4)
            let values = (0..<columns).map { column in
                6 * (group == Double(column) ? 1 : 0) + group + random.normal()
            }
            features.append(values)
            let score = values.enumerated().reduce(0.3) { $0 + Double($1.offset - 1) * $1.element } + random.normal()
            labels.append(kind == .twoClasses ? (score > 1 ? 1 : 0) : score)
        }
        self.features = features
        self.labels = labels
    }

    func table(hasLabels: Bool, blockRows: Int? = nil, isSparse: Bool = false) -> FeatureTable {
        let columns = features.first?.count ?? 3
        let schema = FeatureSchema(
            features: FeatureSchema.names(count: columns),
            label: hasLabels ? FeatureSchema.Label(name: "label", kind: .number) : nil,
            weight: weights == nil ? nil : "weight")
        var blocks: [FeatureBlock] = []
        let step = blockRows ?? max(1, features.count)
        for (ordinal, start) in stride(from: 0, to: features.count, by: step).enumerated() {
            let range = start..<min(start + step, features.count)
            let rows = Array(features[range].joined())
            blocks.append(
                FeatureBlock(
                    place: BlockPosition(file: 0, ordinal: ordinal),
                    features: isSparse
                        ? .sparse(SparseRows(dense: rows, columnCount: columns))
                        : .dense(DenseRows(rows, columnCount: columns)),
                    labels: hasLabels ? .numbers(labels[range]) : nil, weights: weights.map { $0[range] }))
        }
        return FeatureTable(schema: schema, blocks: blocks)
    }
}

enum EstimatorLabels: Sendable {
    case none, number, twoClasses
}

/// Random numbers of the tests: the same in each run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// About normal: the sum of twelve even numbers.
    mutating func normal() -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
    }
}

extension SparseRows {
    /// The rows without their zeros.
    init(dense: [Double], columnCount: Int) {
        var (offsets, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
        for (index, value) in dense.enumerated() {
            if value != 0 {
                columns.append(Int32(index % columnCount))
                values.append(value)
            }
            if index % columnCount == columnCount - 1 { offsets.append(values.count) }
        }
        self.init(offsets: offsets, columns: columns, values: values, columnCount: columnCount)
    }
}
