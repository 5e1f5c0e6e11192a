/// One column of a result that owns its values: the safe form of `ResultColumn`.
///
/// `unreached` is the value that stands for "none", as there.
public enum ResultValues: Sendable {
    case integers([Int64], unreached: Int64? = nil)
    case doubles([Double], unreached: Double? = nil)
    case floats([Float], unreached: Float? = nil)
    case strings([String])
    /// Texts one after the other: row i is bytes[offsets[i]..<offsets[i + 1]], so that there is one offset more.
    case texts(bytes: [UInt8], offsets: [Int])
    /// Values that something else owns and lends: no copy of them is made.
    case held(any ResultHolder)

    /// Integers, of which some are none.
    public static func integers(_ values: [Int64?]) -> ResultValues {
        .integers(values.map { $0 ?? .max }, unreached: .max)
    }

    public var count: Int {
        switch self {
        case .integers(let values, _): values.count
        case .doubles(let values, _): values.count
        case .floats(let values, _): values.count
        case .strings(let values): values.count
        case .texts(_, let offsets): max(offsets.count - 1, 0)
        case .held(let holder): holder.count
        }
    }

    /// Lends the values as a column for the time of a call.
    fileprivate func withColumn(_ body: (ResultColumn) -> Void) {
        switch self {
        case .integers(let values, let unreached):
            values.withUnsafeBufferPointer { values in
                if let start = values.baseAddress { body(.integers(start, unreached: unreached)) }
            }
        case .doubles(let values, let unreached):
            values.withUnsafeBufferPointer { values in
                if let start = values.baseAddress { body(.doubles(start, unreached: unreached)) }
            }
        case .floats(let values, let unreached):
            values.withUnsafeBufferPointer { values in
                if let start = values.baseAddress { body(.floats(start, unreached: unreached)) }
            }
        case .strings(let values):
            body(.strings(values))
        case .held(let holder): holder.withColumn(body)
        case .texts(let bytes, let offsets):
            bytes.withUnsafeBufferPointer { bytes in
                offsets.withUnsafeBufferPointer { offsets in
                    // No bytes at all still are rows of empty texts; nothing is read from the stand-in.
                    if let start = offsets.baseAddress {
                        let texts = bytes.baseAddress ?? UnsafePointer(bitPattern: 1)
                        if let texts { body(.texts(TextColumn(bytes: texts, offsets: start))) }
                    }
                }
            }
        }
    }
}

/// What owns a column's values and does not change them any more.
public protocol ResultHolder: Sendable {
    /// How many rows there are.
    var count: Int { get }
    /// Lends the values for the time of the call, which does not come where there are none.
    func withColumn(_ body: (ResultColumn) -> Void)
}

extension ResultRows {
    /// Appends `rows` of columns that own their values. Traps where a row is outside a column.
    public func append(_ rows: Range<Int>, of columns: [ResultValues], into buffer: TextBuffer) {
        precondition(rows.lowerBound >= 0, "rows are counted from 0, found \(rows)")
        for (name, column) in zip(names, columns) {
            precondition(rows.upperBound <= column.count, "\(name) has \(column.count) rows, expected \(rows)")
        }
        if !rows.isEmpty { append(rows, lent: [], of: columns[...], into: buffer) }
    }

    /// Borrows one column after the other, then formats.
    private func append(
        _ rows: Range<Int>, lent: [ResultColumn], of columns: ArraySlice<ResultValues>, into buffer: TextBuffer
    ) {
        guard let column = columns.first else { return append(rows, of: lent, into: buffer) }
        column.withColumn { append(rows, lent: lent + [$0], of: columns.dropFirst(), into: buffer) }
    }
}
