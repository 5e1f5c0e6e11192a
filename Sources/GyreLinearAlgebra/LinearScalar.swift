/// What vectors and matrices hold: `Float` and `Double`, the types for which OpenBLAS has routines.
public protocol LinearScalar: BinaryFloatingPoint, SIMDScalar, Codable, BitwiseCopyable, Sendable {
    associatedtype Routines: LinearRoutines<Self>
}

extension Double: LinearScalar {
    public typealias Routines = DoubleRoutines
}

extension Float: LinearScalar {
    public typealias Routines = FloatRoutines
}
