/// The types of elements that a tensor may have, by the names of the safetensors format.
///
/// In the order in which the reference implementation lays tensors out: wide types first, so that every tensor begins at
/// a multiple of its element's size. The format's types of less than a byte (`F4`, `F6_E2M3`, `F6_E3M2`) are not read.
public enum TensorType: String, CaseIterable, Sendable {
    case uint64 = "U64"
    case int64 = "I64"
    case float64 = "F64"
    case complex64 = "C64"
    case float32 = "F32"
    case uint32 = "U32"
    case int32 = "I32"
    case bfloat16 = "BF16"
    case float16 = "F16"
    case uint16 = "U16"
    case int16 = "I16"
    case float8e8m0 = "F8_E8M0"
    case float8e4m3 = "F8_E4M3"
    case float8e5m2 = "F8_E5M2"
    case int8 = "I8"
    case uint8 = "U8"
    case bool = "BOOL"

    /// Bytes of an element.
    public var size: Int {
        switch self {
        case .uint64, .int64, .float64, .complex64: 8
        case .float32, .uint32, .int32: 4
        case .bfloat16, .float16, .uint16, .int16: 2
        case .float8e8m0, .float8e4m3, .float8e5m2, .int8, .uint8, .bool: 1
        }
    }

    /// The place in the order of layout.
    var rank: Int { Self.ranks[self, default: 0] }

    private static let ranks = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))

    /// Bytes of a tensor of a shape; nil where they cannot be counted, or a size is negative.
    func byteCount(of shape: [Int]) -> Int? {
        var count = size
        var isEmpty = false
        for length in shape {
            if length < 0 { return nil }
            if length == 0 {
                isEmpty = true
                continue
            }
            let product = count.multipliedReportingOverflow(by: length)
            // Too large is too large even where another size is zero, as for the reference implementation.
            if product.overflow { return nil }
            count = product.partialValue
        }
        return isEmpty ? 0 : count
    }
}
