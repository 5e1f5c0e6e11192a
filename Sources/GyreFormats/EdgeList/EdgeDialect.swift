/// How the lines of one block are to be read, all headers being behind us.
public enum EdgeDialect: Equatable, Sendable {
    /// Spaces, tabs or commas between fields, nothing quoted.
    case delimited
    /// A line with a comma outside quotes is split at commas only; fields may be quoted.
    case csv
    /// Entries of a matrix; indices are checked against its size.
    case matrixMarket(MatrixMarketHeader)
}
