/// What a field of a record may hold.
public struct FieldType: Hashable, Sendable, Codable {
    /// The value of a field that is there.
    public enum Scalar: UInt8, Hashable, Sendable, Codable, CaseIterable {
        case int, int64, int32, int16, int8, uint, uint64, uint32, uint16, uint8, double, float, bool, string
    }

    public var scalar: Scalar
    /// Whether the value may be missing.
    public var isOptional: Bool

    @inlinable
    public init(_ scalar: Scalar, isOptional: Bool = false) {
        self.scalar = scalar
        self.isOptional = isOptional
    }

    /// Nil for every type that is no plain field's.
    init?(_ type: any Any.Type) {
        guard let known = FieldType.known[ObjectIdentifier(type)] else { return nil }
        self = known
    }

    private static let known: [ObjectIdentifier: FieldType] = {
        var known: [ObjectIdentifier: FieldType] = [:]
        func add<Value>(_ type: Value.Type, _ scalar: Scalar) {
            known[ObjectIdentifier(Value.self)] = FieldType(scalar)
            known[ObjectIdentifier(Value?.self)] = FieldType(scalar, isOptional: true)
        }
        add(Int.self, .int)
        add(Int64.self, .int64)
        add(Int32.self, .int32)
        add(Int16.self, .int16)
        add(Int8.self, .int8)
        add(UInt.self, .uint)
        add(UInt64.self, .uint64)
        add(UInt32.self, .uint32)
        add(UInt16.self, .uint16)
        add(UInt8.self, .uint8)
        add(Double.self, .double)
        add(Float.self, .float)
        add(Bool.self, .bool)
        add(String.self, .string)
        return known
    }()
}

extension FieldType: CustomStringConvertible {
    /// The type's name in Swift: `Int64`, `String?`.
    public var description: String { scalar.name + (isOptional ? "?" : "") }
}

extension FieldType.Scalar {
    /// The type's name in Swift.
    public var name: String {
        switch self {
        case .int: "Int"
        case .int64: "Int64"
        case .int32: "Int32"
        case .int16: "Int16"
        case .int8: "Int8"
        case .uint: "UInt"
        case .uint64: "UInt64"
        case .uint32: "UInt32"
        case .uint16: "UInt16"
        case .uint8: "UInt8"
        case .double: "Double"
        case .float: "Float"
        case .bool: "Bool"
        case .string: "String"
        }
    }
}
