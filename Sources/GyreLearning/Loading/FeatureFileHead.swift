import GyreFormats

/// What the head of a file says of its records: what goes with each block to the parsers.
struct FeatureFileHead: Sendable {
    enum Form: Sendable {
        case csv(FeatureColumns)
        case jsonLines(FeatureColumns)
        /// - Parameters:
        ///   - limit: how many features are wanted; those behind are left out. Nil keeps all.
        ///   - hasLabel: whether the label, which each row has, is wanted.
        case libsvm(limit: Int?, hasLabel: Bool)
    }

    var form: Form
    var labels: FeatureLabels
    var needsLabel: Bool
}
