/// A table of numbers with a label a row, each row a pure function of its number: the same at any parallelism, and in
/// parts.
///
/// The values use no arithmetic but +, −, ×, ÷ and square roots, which IEEE 754 fixes to the bit, so that they are the
/// same on every machine.
public protocol GeneratedTable: Sendable {
    var rowCount: Int { get }
    /// How many values a row has besides its label.
    var columnCount: Int { get }
    /// Whether the labels are numbers of classes, from 0 on.
    var hasClasses: Bool { get }

    /// Makes rows: their values in row-major order, and their labels.
    ///
    /// Callers may fill several ranges at once. About 17 ns a value.
    ///
    /// - Parameters:
    ///   - rows: some of the rows from 0 to `rowCount`.
    ///   - values: room for `columnCount` values a row.
    ///   - labels: room for a label a row.
    @unsafe func fill(
        rows: Range<Int>, into values: UnsafeMutablePointer<Double>, labels: UnsafeMutablePointer<Double>)
}

extension GeneratedTable {
    /// The names of the columns as files have them: x0, x1, …, and last `label`.
    public var columnNames: [String] { (0..<columnCount).map { "x\($0)" } + ["label"] }

    /// Makes rows in arrays: their values in row-major order, and their labels.
    public func block(_ rows: Range<Int>) -> (values: [Double], labels: [Double]) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
        var labels = [Double](repeating: 0, count: rows.count)
        let values = unsafe [Double](unsafeUninitializedCapacity: rows.count * columnCount) { values, filled in
            unsafe labels.withUnsafeMutableBufferPointer { labels in
                if let values = values.baseAddress, let labels = labels.baseAddress {
                    unsafe fill(rows: rows, into: values, labels: labels)
                }
            }
            filled = rows.count * columnCount
        }
        return (values, labels)
    }
}

/// What can be asked for of every table.
public enum TableLimits {
    public static let rows = 1...1_099_511_627_776
    public static let columns = 1...10_000

    static func check(rows: Int, columns: Int) {
        precondition(Self.rows ~= rows, "rows is \(rows), expected \(Self.rows)")
        precondition(Self.columns ~= columns, "columns is \(columns), expected \(Self.columns)")
    }
}
