/// Makes a row of each row of an array.
public final class ArrayParser<Scalar: ArrayScalar>: RecordParser {
    private var block: TextBlock?
    private var row = 0

    public init() {}

    public func begin(_ block: TextBlock) {
        self.block = block
        row = 0
    }

    public func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, onReject: (BadRecord) -> RejectionVerdict
    ) -> Int {
        guard let block, let header = block.header as? ArrayHeader else { return 0 }
        let rows = rows.bindMemory(to: [Scalar].self, capacity: capacity)
        let width = header.columns * MemoryLayout<Scalar>.size
        let count = min(capacity, block.bodyLine - row)
        for index in 0..<count {
            let values = [Scalar](unsafeUninitializedCapacity: header.columns) { target, filled in
                UnsafeMutableRawBufferPointer(target).copyMemory(
                    from: UnsafeRawBufferPointer(start: block.base + (row + index) * width, count: width))
                filled = header.columns
            }
            (rows + index).initialize(to: values)
        }
        row += count
        return count
    }
}

/// Writes rows of one width as a two-dimensional array in C's order.
public final class ArrayFormatter<Scalar: ArrayScalar>: RecordFormatter {
    private var columns: Int?

    public init() {}

    public var head: [UInt8]? {
        columns.map { ArrayHeader.bytes(type: Scalar.arrayType, rows: 0, columns: $0) }
    }

    public func finalHead(_ head: [UInt8], rows: Int) -> [UInt8]? {
        let dictionary = String(decoding: head.dropFirst(10), as: UTF8.self)
        let columns = ArrayHeader(dictionary: dictionary)?.columns ?? 0
        return ArrayHeader.bytes(type: Scalar.arrayType, rows: rows, columns: columns)
    }

    /// - Throws: `RecordDefect` for a row of another width.
    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws {
        for row in UnsafeBufferPointer(start: rows.assumingMemoryBound(to: [Scalar].self), count: count) {
            let width = columns ?? row.count
            columns = width
            guard row.count == width else {
                throw RecordDefect.malformed(expected: "rows of \(width) values", found: "\(row.count) values")
            }
            row.withUnsafeBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
        }
    }
}
