/// Rows of few numbers that are not zero, in compressed sparse rows: a range of rows, shared and never copied.
public struct SparseRows: Sendable, Equatable {
    /// Where each row's entries begin, and where the last one's end.
    @usableFromInline let offsets: [Int]
    /// The entries' columns, ascending within a row.
    @usableFromInline let columns: [Int32]
    @usableFromInline let values: [Double]
    @usableFromInline let first: Int
    public let rowCount: Int
    public let columnCount: Int

    /// - Precondition: `offsets` ascend from 0 to the number of entries; columns are below `columnCount` and ascend
    ///   within a row.
    public init(offsets: [Int], columns: [Int32], values: [Double], columnCount: Int) {
        precondition(offsets.first == 0 && offsets.last == values.count, "offsets do not span \(values.count) entries")
        precondition(columns.count == values.count, "\(columns.count) columns for \(values.count) entries")
        for row in 0..<offsets.count - 1 {
            precondition(offsets[row] <= offsets[row + 1], "row \(row) ends before it begins")
            for entry in offsets[row]..<offsets[row + 1] {
                precondition(columns[entry] >= 0 && columns[entry] < columnCount, "column \(columns[entry])")
                precondition(entry == offsets[row] || columns[entry - 1] < columns[entry], "row \(row) is out of order")
            }
        }
        self.init(
            offsets: offsets, columns: columns, values: values, first: 0, rowCount: offsets.count - 1,
            columnCount: columnCount)
    }

    @usableFromInline
    init(offsets: [Int], columns: [Int32], values: [Double], first: Int, rowCount: Int, columnCount: Int) {
        self.offsets = offsets
        self.columns = columns
        self.values = values
        self.first = first
        self.rowCount = rowCount
        self.columnCount = columnCount
    }

    /// How many entries the rows have.
    public var entryCount: Int { offsets[first + rowCount] - offsets[first] }

    /// Some of the rows; nothing is copied.
    @inlinable
    public func rows(_ range: Range<Int>) -> SparseRows {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "rows \(range) of \(rowCount)")
        return SparseRows(
            offsets: offsets, columns: columns, values: values, first: first + range.lowerBound,
            rowCount: range.count, columnCount: columnCount)
    }

    /// The same rows among more columns, those behind the last one zero.
    public func widened(to columnCount: Int) -> SparseRows {
        precondition(columnCount >= self.columnCount, "\(columnCount) columns for \(self.columnCount)")
        return SparseRows(
            offsets: offsets, columns: columns, values: values, first: first, rowCount: rowCount,
            columnCount: columnCount)
    }

    /// A copy of the rows with each column's values multiplied by a factor of its own.
    public func scaled(byColumn factors: [Double]) -> SparseRows {
        precondition(factors.count == columnCount, "\(factors.count) factors for \(columnCount) columns")
        let entries = offsets[first]..<offsets[first + rowCount]
        return SparseRows(
            offsets: offsets[first...first + rowCount].map { $0 - entries.lowerBound },
            columns: Array(columns[entries]),
            values: entries.map { values[$0] * factors[Int(columns[$0])] }, first: 0, rowCount: rowCount,
            columnCount: columnCount)
    }

    /// Gives the rows as they lie in memory: row i has the entries `offsets[i] ..< offsets[i + 1]`.
    @inlinable
    public func withUnsafeRows<Value, Failure>(
        _ body: (UnsafePointer<Int>, UnsafePointer<Int32>, UnsafePointer<Double>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try offsets.withUnsafeBufferPointer { offsets throws(Failure) in
            try columns.withUnsafeBufferPointer { columns throws(Failure) in
                try values.withUnsafeBufferPointer { values throws(Failure) in
                    guard let offsets = offsets.baseAddress else { preconditionFailure("rows without offsets") }
                    // Arrays without entries have no address; nothing is read of them.
                    return try body(
                        offsets + first,
                        columns.baseAddress ?? UnsafeRawPointer(offsets).assumingMemoryBound(to: Int32.self),
                        values.baseAddress ?? DenseRows.nowhere)
                }
            }
        }
    }

    public static func == (left: SparseRows, right: SparseRows) -> Bool {
        guard left.rowCount == right.rowCount, left.columnCount == right.columnCount else { return false }
        return (0..<left.rowCount).allSatisfy { row in
            let mine = left.offsets[left.first + row]..<left.offsets[left.first + row + 1]
            let other = right.offsets[right.first + row]..<right.offsets[right.first + row + 1]
            return left.columns[mine] == right.columns[other] && left.values[mine] == right.values[other]
        }
    }
}
