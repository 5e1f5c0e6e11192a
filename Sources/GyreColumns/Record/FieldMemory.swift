/// A field of a record, as memory.
@usableFromInline
package enum FieldMemory {
    /// Initialises a field.
    @inlinable @inline(__always)
    package static func store<Value>(_ value: Value, at target: UnsafeMutableRawPointer, isOptional: Bool) {
        if isOptional {
            target.initializeMemory(as: Value?.self, to: value)
        } else {
            target.initializeMemory(as: Value.self, to: value)
        }
    }

    /// Reads a field; nil where an optional has no value.
    @inlinable @inline(__always)
    package static func load<Value>(_ type: Value.Type, at source: UnsafeRawPointer, isOptional: Bool) -> Value? {
        isOptional
            ? source.assumingMemoryBound(to: Value?.self).pointee
            : source.assumingMemoryBound(to: Value.self).pointee
    }
}

extension RecordLayout {
    /// Initialises a field that is optional to no value.
    package static func storeNil(_ scalar: FieldType.Scalar, at target: UnsafeMutableRawPointer) {
        switch scalar {
        case .int: target.initializeMemory(as: Int?.self, to: nil)
        case .int64: target.initializeMemory(as: Int64?.self, to: nil)
        case .int32: target.initializeMemory(as: Int32?.self, to: nil)
        case .int16: target.initializeMemory(as: Int16?.self, to: nil)
        case .int8: target.initializeMemory(as: Int8?.self, to: nil)
        case .uint: target.initializeMemory(as: UInt?.self, to: nil)
        case .uint64: target.initializeMemory(as: UInt64?.self, to: nil)
        case .uint32: target.initializeMemory(as: UInt32?.self, to: nil)
        case .uint16: target.initializeMemory(as: UInt16?.self, to: nil)
        case .uint8: target.initializeMemory(as: UInt8?.self, to: nil)
        case .double: target.initializeMemory(as: Double?.self, to: nil)
        case .float: target.initializeMemory(as: Float?.self, to: nil)
        case .bool: target.initializeMemory(as: Bool?.self, to: nil)
        case .string: target.initializeMemory(as: String?.self, to: nil)
        }
    }

    /// Initialises a field to an integer of another width; false where it does not fit, or is no integer's.
    @inlinable @inline(__always)
    package static func store(
        integer value: Int64, _ type: FieldType, at target: UnsafeMutableRawPointer
    ) -> Bool {
        @inline(__always)
        func narrow<Value: FixedWidthInteger>(_: Value.Type) -> Bool {
            guard let exact = Value(exactly: value) else { return false }
            FieldMemory.store(exact, at: target, isOptional: type.isOptional)
            return true
        }
        switch type.scalar {
        case .int64:
            FieldMemory.store(value, at: target, isOptional: type.isOptional)
            return true
        case .int: return narrow(Int.self)
        case .int32: return narrow(Int32.self)
        case .int16: return narrow(Int16.self)
        case .int8: return narrow(Int8.self)
        case .uint: return narrow(UInt.self)
        case .uint64: return narrow(UInt64.self)
        case .uint32: return narrow(UInt32.self)
        case .uint16: return narrow(UInt16.self)
        case .uint8: return narrow(UInt8.self)
        case .double, .float, .bool, .string: return false
        }
    }

    /// Initialises a field to a value of exactly its type.
    @inlinable @inline(__always)
    package static func store<Value>(_ value: Value, isOptional: Bool, at target: UnsafeMutableRawPointer) {
        FieldMemory.store(value, at: target, isOptional: isOptional)
    }

    /// Reads a field; nil where an optional has no value.
    @inlinable @inline(__always)
    package static func load<Value>(_ type: Value.Type, isOptional: Bool, at source: UnsafeRawPointer) -> Value? {
        FieldMemory.load(type, at: source, isOptional: isOptional)
    }

    /// Leaves a field that has been initialised with a value that owns nothing, which may be written over.
    @inlinable @inline(__always)
    package static func vacate(_ type: FieldType, at target: UnsafeMutableRawPointer) {
        guard type.scalar == .string else { return }
        if type.isOptional {
            target.assumingMemoryBound(to: String?.self).pointee = nil
        } else {
            target.assumingMemoryBound(to: String.self).pointee = ""
        }
    }

    /// Destroys a field that has been initialised.
    package static func destroy(_ type: FieldType, at target: UnsafeMutableRawPointer) {
        guard type.scalar == .string else { return }
        if type.isOptional {
            target.assumingMemoryBound(to: String?.self).deinitialize(count: 1)
        } else {
            target.assumingMemoryBound(to: String.self).deinitialize(count: 1)
        }
    }
}
