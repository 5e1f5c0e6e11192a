/// Numbers of one type in a shape, row-major: the last index varies fastest. An empty shape is a single number.
///
/// Holds the bytes of the file, so that every type of the format survives being read and written again. Two tensors are
/// equal when type, shape and bytes are: NaN equals itself, and 0 does not equal −0.
public struct Tensor: Hashable, Sendable {
    public let type: TensorType
    public let shape: [Int]
    /// The elements, little-endian.
    public let bytes: [UInt8]

    /// How many elements there are.
    public var count: Int { bytes.count / type.size }

    /// - Precondition: there are as many bytes as the shape says.
    public init(type: TensorType, shape: [Int], bytes: [UInt8]) {
        precondition(
            type.byteCount(of: shape) == bytes.count,
            "a tensor of type \(type.rawValue) and shape \(shape) has \(bytes.count) bytes")
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    /// Copies the values.
    ///
    /// - Precondition: there are as many values as the shape says.
    public init<Scalar: TensorScalar>(_ values: [Scalar], shape: [Int]) {
        self.init(type: Scalar.tensorType, shape: shape, bytes: values.withUnsafeBytes { Array($0) })
    }

    /// A vector.
    public init<Scalar: TensorScalar>(_ values: [Scalar]) {
        self.init(values, shape: [values.count])
    }

    /// A copy of the elements; nil where they are of another type.
    public func values<Scalar: TensorScalar>(of type: Scalar.Type) -> [Scalar]? {
        guard self.type == Scalar.tensorType else { return nil }
        return [Scalar](unsafeUninitializedCapacity: count) { target, filled in
            UnsafeMutableRawBufferPointer(target).copyBytes(from: bytes)
            filled = count
        }
    }

    /// The elements of a tensor of type `F64`; nil for another.
    public var doubles: [Double]? { values(of: Double.self) }
    /// The elements of a tensor of type `F32`; nil for another.
    public var floats: [Float]? { values(of: Float.self) }
    /// The elements of a tensor of type `I64`; nil for another.
    public var integers: [Int64]? { values(of: Int64.self) }
}
