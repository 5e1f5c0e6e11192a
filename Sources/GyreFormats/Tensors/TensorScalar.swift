/// What the elements of a tensor can be in Swift.
public protocol TensorScalar: Sendable, BitwiseCopyable {
    static var tensorType: TensorType { get }
}

extension Double: TensorScalar {
    public static var tensorType: TensorType { .float64 }
}

extension Float: TensorScalar {
    public static var tensorType: TensorType { .float32 }
}

extension Int64: TensorScalar {
    public static var tensorType: TensorType { .int64 }
}

extension Int32: TensorScalar {
    public static var tensorType: TensorType { .int32 }
}

extension Int16: TensorScalar {
    public static var tensorType: TensorType { .int16 }
}

extension Int8: TensorScalar {
    public static var tensorType: TensorType { .int8 }
}

extension UInt64: TensorScalar {
    public static var tensorType: TensorType { .uint64 }
}

extension UInt32: TensorScalar {
    public static var tensorType: TensorType { .uint32 }
}

extension UInt16: TensorScalar {
    public static var tensorType: TensorType { .uint16 }
}

extension UInt8: TensorScalar {
    public static var tensorType: TensorType { .uint8 }
}
