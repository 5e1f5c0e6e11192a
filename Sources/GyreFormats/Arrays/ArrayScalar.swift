/// What an `.npy` file may hold here.
public protocol ArrayScalar: Sendable, BitwiseCopyable {
    /// The type as NumPy writes it, little-endian: `<f8`.
    static var arrayType: String { get }
}

extension Double: ArrayScalar {
    public static var arrayType: String { "<f8" }
}

extension Float: ArrayScalar {
    public static var arrayType: String { "<f4" }
}

extension Int64: ArrayScalar {
    public static var arrayType: String { "<i8" }
}

extension Int32: ArrayScalar {
    public static var arrayType: String { "<i4" }
}
