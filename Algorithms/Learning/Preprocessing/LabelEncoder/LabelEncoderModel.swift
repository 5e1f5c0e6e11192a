public import GyreLearning

/// A fitted label encoder: distinct labels, each of which its place stands for.
public struct LabelEncoderModel: FeatureTransformer, Equatable {
    public let inputSchema: FeatureSchema
    /// Distinct, in order, of one kind.
    public let labels: [LabelValue]
    private let numbers: [LabelValue: Double]

    /// - Precondition: labels are in order, without repetition.
    public init(inputSchema: FeatureSchema, labels: [LabelValue]) {
        precondition(zip(labels, labels.dropFirst()).allSatisfy { $0 < $1 }, "labels out of order: \(labels)")
        self.inputSchema = inputSchema
        self.labels = labels
        numbers = Dictionary(
            uniqueKeysWithValues: labels.enumerated().map { place, label in (label, Double(place)) })
    }

    /// The same features, with numbers as labels.
    public var outputSchema: FeatureSchema {
        var schema = inputSchema
        schema.label = schema.label.map { FeatureSchema.Label(name: $0.name, kind: .number) }
        return schema
    }

    /// Replaces a block's labels by their numbers; a block without labels stays as it is.
    ///
    /// - Throws: `LearningError.unknownLabel` for the first label that there was none of when it was fitted; the row is that
    ///   of the block.
    public func transform(_ block: FeatureBlock) throws -> FeatureBlock {
        try checkColumns(of: block)
        guard let labels = block.labels else { return block }
        var block = block
        block.labels = .numbers(ArraySlice(try encode(labels)))
        return block
    }

    /// The numbers of labels.
    public func encode(_ labels: LabelColumn) throws(LearningError) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(labels.count)
        for row in 0..<labels.count {
            let label = labels[row]
            guard let number = numbers[label] else {
                throw .unknownLabel(label, column: inputSchema.label?.name ?? "label", row: row)
            }
            result.append(number)
        }
        return result
    }

    /// The labels of numbers, as a model that was trained on them predicts them.
    ///
    /// - Throws: `LearningError.unknownLabel` for the first number that stands for none.
    public func decode(_ values: some Collection<Double>) throws(LearningError) -> LabelColumn {
        var result: [LabelValue] = []
        result.reserveCapacity(values.count)
        for (row, value) in values.enumerated() {
            guard let place = Int(exactly: value), labels.indices.contains(place) else {
                throw .unknownLabel(.number(value), column: inputSchema.label?.name ?? "label", row: row)
            }
            result.append(labels[place])
        }
        switch labels.first {
        case .text?:
            return .texts(
                ArraySlice(
                    result.compactMap { label in
                        if case .text(let text) = label { text } else { nil }
                    }))
        case .number?, nil:
            return .numbers(
                ArraySlice(
                    result.compactMap { label in
                        if case .number(let number) = label { number } else { nil }
                    }))
        }
    }
}
