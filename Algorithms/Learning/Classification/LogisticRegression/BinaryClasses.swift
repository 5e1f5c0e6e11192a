import GyreLearning

/// The two labels of a table, in order.
struct BinaryClasses: Sendable {
    let negative: LabelValue
    let positive: LabelValue

    /// - Throws: `LearningError.classCount` where there are not exactly two, `notFinite`, `noLabel`.
    /// - Complexity: one pass over the labels.
    init(of table: FeatureTable) throws(LearningError) {
        var found: Set<LabelValue> = []
        for block in table.blocks {
            switch block.labels {
            case nil: throw .noLabel
            case .numbers(let values)?:
                try Self.add(values, to: &found) { value throws(LearningError) in
                    guard value.isFinite else {
                        throw table.locateNotFinite() ?? .diverged(algorithm: LogisticLoss.algorithm, round: 0)
                    }
                    return .number(value)
                }
            case .texts(let values)?: try Self.add(values, to: &found) { .text($0) }
            }
        }
        let sorted = found.sorted()
        guard sorted.count == 2 else {
            throw .classCount(found: sorted.count, column: table.schema.label?.name ?? "label")
        }
        (negative, positive) = (sorted[0], sorted[1])
    }

    /// Looks only at labels that are none of the last two found.
    private static func add<Value: Equatable>(
        _ values: ArraySlice<Value>, to found: inout Set<LabelValue>,
        _ label: (Value) throws(LearningError) -> LabelValue
    ) throws(LearningError) {
        guard var last = values.first else { return }
        var before = last
        found.insert(try label(last))
        for value in values where value != last && value != before {
            found.insert(try label(value))
            (before, last) = (last, value)
        }
    }

    /// The labels of a block: ½ for the positive class, −½ for the negative.
    func halves(of block: FeatureBlock) -> ArraySlice<Double> {
        switch (block.labels, positive) {
        case (.numbers(let values)?, .number(let positive)): ArraySlice(values.map { $0 == positive ? 0.5 : -0.5 })
        case (.texts(let values)?, .text(let positive)): ArraySlice(values.map { $0 == positive ? 0.5 : -0.5 })
        default: preconditionFailure("a block whose labels are of another kind")
        }
    }
}
