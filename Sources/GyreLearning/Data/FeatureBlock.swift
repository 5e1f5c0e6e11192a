public import GyreFormats

/// Some rows of a data set: features, and labels and weights where there are any. What learning works on, in training
/// and in scoring.
///
/// A value over shared storage: taking rows of it copies nothing.
public struct FeatureBlock: Sendable, Equatable {
    /// Where the block stands in the input, by which blocks that come in any order are put in order.
    public var place: BlockPosition
    public var features: FeatureRows
    /// A label a row.
    public var labels: LabelColumn?
    /// A weight a row; nil where each is 1.
    public var weights: ArraySlice<Double>?

    /// - Precondition: as many labels and weights as rows.
    public init(
        place: BlockPosition = BlockPosition(file: 0, ordinal: 0), features: FeatureRows, labels: LabelColumn? = nil,
        weights: ArraySlice<Double>? = nil
    ) {
        precondition(
            labels.map { $0.count == features.rowCount } ?? true,
            "\(labels?.count ?? 0) labels for \(features.rowCount) rows")
        precondition(
            weights.map { $0.count == features.rowCount } ?? true,
            "\(weights?.count ?? 0) weights for \(features.rowCount) rows")
        self.place = place
        self.features = features
        self.labels = labels
        self.weights = weights
    }

    public var rowCount: Int { features.rowCount }
    public var columnCount: Int { features.columnCount }

    /// Some of the rows, sharing their storage.
    public func rows(_ range: Range<Int>) -> FeatureBlock {
        if range == 0..<rowCount { return self }
        return FeatureBlock(
            place: place, features: features.rows(range), labels: labels?.rows(range),
            weights: weights.map { $0[$0.startIndex + range.lowerBound..<$0.startIndex + range.upperBound] })
    }

    /// Bytes that the rows take.
    public var byteCount: Int {
        let labelBytes =
            switch labels {
            case nil: 0
            case .numbers: 8
            case .texts: 16
            }
        return features.byteCount + rowCount * (labelBytes + (weights == nil ? 0 : 8))
    }
}
