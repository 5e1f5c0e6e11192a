public import GyreFormats

/// What a model says of the rows of a block.
public struct Predictions: Sendable, Equatable {
    /// Where the block stands in the input.
    public var place: BlockPosition
    /// A row each: a number, a class, or the number of a cluster.
    public var values: LabelColumn
    /// The probability of the positive class, from classifiers.
    public var probabilities: [Double]?

    public init(place: BlockPosition, values: LabelColumn, probabilities: [Double]? = nil) {
        self.place = place
        self.values = values
        self.probabilities = probabilities
    }
}
