import GyreFormats

/// What the head of a file says of its records: what goes with each block to the parsers.
struct FeatureFileHead: Sendable {
    enum Form: Sendable {
        case csv(FeatureColumns)
        case jsonLines(FeatureColumns)
        /// - Parameter limit: features behind it are left out; nil keeps all.
        case libsvm(limit: Int?)
    }

    var form: Form
    var labels: FeatureLabels
    var needsLabel: Bool
}
