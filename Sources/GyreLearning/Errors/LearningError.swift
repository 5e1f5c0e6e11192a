/// Why data cannot be learned from, or a model cannot score them.
public enum LearningError: Error, Equatable, Sendable {
    /// A parameter is out of its range.
    case parameter(name: String, value: String, expected: String)
    /// The data have no rows.
    case noRows
    /// The data have no label, and the estimator needs one.
    case noLabel
    /// Labels are texts where numbers are needed.
    case labelIsText(column: String)
    /// A value that is NaN or infinite: of a feature by name, of the label or the weight. Rows count from 0.
    case notFinite(column: String, row: Int)
    /// A weight below zero, or all weights zero.
    case badWeight(row: Int)
    case noWeight
    /// A classifier of two classes was given another number of them.
    case classCount(found: Int, column: String)
    /// A label that there was none of among those that were learned. Rows count from 0.
    case unknownLabel(LabelValue, column: String, row: Int)
    /// More clusters than rows.
    case tooFewRows(rows: Int, needed: Int, reason: String)
    /// A column of the model's schema is not among the data's.
    case missingColumn(String)
    /// Two data sets whose columns should be the same are not.
    case columnCount(found: Int, expected: Int)
    /// Sparse features where an algorithm would have to fill them up.
    case needsDense(algorithm: String, reason: String)
    /// The arithmetic has left the range of numbers, as with values near the largest.
    case diverged(algorithm: String, round: Int)
}

extension LearningError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .parameter(let name, let value, let expected): "\(name) is \(value), expected \(expected)"
        case .noRows: "there are no rows to learn from"
        case .noLabel: "the data have no label"
        case .labelIsText(let column): "label \"\(column)\" has texts, expected numbers"
        case .notFinite(let column, let row):
            "column \"\(column)\", row \(row + 1): expected a finite number"
        case .badWeight(let row): "row \(row + 1): expected a weight that is finite and not negative"
        case .noWeight: "all rows have the weight 0"
        case .classCount(let found, let column):
            "label \"\(column)\" has \(found) distinct \(found == 1 ? "value" : "values"), expected exactly 2"
        case .unknownLabel(let label, let column, let row):
            "label \"\(column)\", row \(row + 1): expected one that was learned, found \"\(label)\""
        case .tooFewRows(let rows, let needed, let reason):
            "\(rows) \(rows == 1 ? "row" : "rows"), expected at least \(needed): \(reason)"
        case .missingColumn(let name): "column \"\(name)\" is missing"
        case .columnCount(let found, let expected): "\(found) columns, expected \(expected)"
        case .needsDense(let algorithm, let reason): "\(algorithm) cannot take sparse features: \(reason)"
        case .diverged(let algorithm, let round):
            "\(algorithm): round \(round) left the range of numbers; scale the features"
        }
    }
}
