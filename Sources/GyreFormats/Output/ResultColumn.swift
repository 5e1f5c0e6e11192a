/// Texts one after the other: row i is bytes[offsets[i]..<offsets[i + 1]].
public struct TextColumn {
    public var bytes: UnsafePointer<UInt8>
    /// One more than there are rows.
    public var offsets: UnsafePointer<Int>

    public init(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<Int>) {
        self.bytes = bytes
        self.offsets = offsets
    }

    subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + offsets[row], count: offsets[row + 1] - offsets[row])
    }
}

/// One column of a result: borrowed values, indexed by row.
///
/// `unreached` is the value that stands for "none": an empty cell, null in JSON, LDBC's own value in `.txt` (the
/// largest Int64 for integers, `Infinity` for floats).
public enum ResultColumn {
    case integers(UnsafePointer<Int64>, unreached: Int64? = nil)
    case unsigned(UnsafePointer<UInt64>, unreached: UInt64? = nil)
    case counts(UnsafePointer<UInt32>, unreached: UInt32? = nil)
    case doubles(UnsafePointer<Double>, unreached: Double? = nil)
    case floats(UnsafePointer<Float>, unreached: Float? = nil)
    case texts(TextColumn)
    case strings([String])
}
