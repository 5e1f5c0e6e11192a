/// Rows of numbers, one behind the other: a range of rows of an array, shared and never copied.
public struct DenseRows: Sendable, Equatable {
    /// All numbers of the array, row by row.
    @usableFromInline let elements: [Double]
    /// Where the first row begins.
    @usableFromInline let start: Int
    public let rowCount: Int
    public let columnCount: Int

    /// - Precondition: the array has whole rows.
    public init(_ elements: [Double], columnCount: Int) {
        precondition(columnCount >= 0, "\(columnCount) columns")
        precondition(
            columnCount == 0 ? elements.isEmpty : elements.count.isMultiple(of: columnCount),
            "\(elements.count) numbers are no rows of \(columnCount)")
        self.init(
            elements, start: 0, rowCount: columnCount == 0 ? 0 : elements.count / columnCount,
            columnCount: columnCount)
    }

    @usableFromInline
    init(_ elements: [Double], start: Int, rowCount: Int, columnCount: Int) {
        self.elements = elements
        self.start = start
        self.rowCount = rowCount
        self.columnCount = columnCount
    }

    /// Some of the rows; nothing is copied.
    @inlinable
    public func rows(_ range: Range<Int>) -> DenseRows {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "rows \(range) of \(rowCount)")
        return DenseRows(
            elements, start: start + range.lowerBound * columnCount, rowCount: range.count, columnCount: columnCount)
    }

    /// The numbers of these rows, row by row.
    ///
    /// - Complexity: a copy.
    public var numbers: [Double] { Array(elements[start..<start + rowCount * columnCount]) }

    /// The value of a column in a row.
    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount, "(\(row), \(column))")
        return elements[start + row * columnCount + column]
    }

    /// Gives the rows as they lie in memory, `columnCount` numbers each.
    @inlinable
    public func withUnsafeRows<Value, Failure>(
        _ body: (UnsafePointer<Double>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try elements.withUnsafeBufferPointer { buffer throws(Failure) in
            // An empty array has no address; no row is read of it.
            try body(UnsafePointer(buffer.baseAddress.map { $0 + start } ?? DenseRows.nowhere))
        }
    }

    @usableFromInline
    static var nowhere: UnsafePointer<Double> {
        // Aligned, and never read.
        UnsafePointer(UnsafeMutablePointer<Double>(bitPattern: MemoryLayout<Double>.alignment).unsafelyUnwrapped)
    }

    public static func == (left: DenseRows, right: DenseRows) -> Bool {
        left.rowCount == right.rowCount && left.columnCount == right.columnCount
            && left.elements[left.start..<left.start + left.rowCount * left.columnCount]
                == right.elements[right.start..<right.start + right.rowCount * right.columnCount]
    }
}
