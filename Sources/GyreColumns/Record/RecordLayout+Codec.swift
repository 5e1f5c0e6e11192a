extension RecordLayout {
    /// Appends the encoding of `count` records from `base` on: the bytes that `BinaryCodec` makes through `Codable`.
    package func encode(_ base: UnsafeRawPointer, count: Int, into writer: inout ByteWriter) {
        var staging = ByteStaging()
        // What a field takes at most, a text's own bytes not counted if there are more than 15: a flag, a count, and 16
        // of which a short text is written with what lies behind it.
        let spare = fields.count * (1 + 8 + 16)
        let hasShortTexts = ShortText.isKnown
        fields.withUnsafeBufferPointer { fields in
            for index in 0..<count {
                let record = base + index &* stride
                staging.reserve(spare)
                for field in fields {
                    Self.write(field, of: record, into: &staging, spare: spare, hasShortTexts)
                }
                if staging.count >= ByteStaging.chunk { staging.drain(into: &writer) }
            }
        }
        staging.drain(into: &writer)
    }

    @inline(__always)
    private static func write(
        _ field: Field, of record: UnsafeRawPointer, into staging: inout ByteStaging, spare: Int,
        _ hasShortTexts: Bool
    ) {
        let source = record + field.offset
        let isOptional = field.type.isOptional
        @inline(__always)
        func fixed<Value: BitwiseCopyable>(_: Value.Type) {
            guard let value = FieldMemory.load(Value.self, at: source, isOptional: isOptional) else {
                return staging.write(UInt8(0))
            }
            if isOptional { staging.write(UInt8(1)) }
            staging.write(value)
        }
        // Integers lie in memory as they are written: little-endian machines only, as `ByteWriter` writes them.
        switch field.type.scalar {
        case .int, .int64: fixed(Int64.self)
        case .uint, .uint64: fixed(UInt64.self)
        case .double: fixed(Double.self)
        case .int32: fixed(Int32.self)
        case .uint32: fixed(UInt32.self)
        case .float: fixed(Float.self)
        case .int16: fixed(Int16.self)
        case .uint16: fixed(UInt16.self)
        case .int8: fixed(Int8.self)
        case .uint8: fixed(UInt8.self)
        case .bool:
            let value = FieldMemory.load(Bool.self, at: source, isOptional: isOptional)
            if isOptional { staging.write(UInt8(value == nil ? 0 : 1)) }
            if let value { staging.write(UInt8(value ? 1 : 0)) }
        case .string:
            if hasShortTexts, !isOptional {
                let short = ShortText(of: source)
                if short.isString { return staging.append(short) }
            }
            guard var text = FieldMemory.load(String.self, at: source, isOptional: isOptional) else {
                return staging.write(UInt8(0))
            }
            if isOptional { staging.write(UInt8(1)) }
            text.withUTF8 { utf8 in
                staging.write(UInt64(utf8.count))
                staging.append(utf8, spare: spare)
            }
        }
    }

    /// Reads `count` records into memory that is not initialised. After an error nothing is initialised.
    ///
    /// - Throws: `CodecError` where the bytes are no encoding of such records.
    package func decode(
        from reader: inout ByteReader, count: Int, into target: UnsafeMutableRawPointer
    ) throws {
        try reader.consume { bytes in
            guard let base = bytes.baseAddress, bytes.count > 0 else {
                if count == 0 { return 0 }
                throw CodecError.truncated(needed: 1, available: 0)
            }
            var cursor = DecodingCursor(
                position: base, end: base + bytes.count, hasShortTexts: ShortText.isKnown)
            try fields.withUnsafeBufferPointer { fields in
                var (record, done) = (0, 0)
                do throws(CodecError) {
                    while record < count {
                        let place = target + record &* stride
                        done = 0
                        while done < fields.count {
                            try Self.read(fields[done], of: place, from: &cursor)
                            done &+= 1
                        }
                        record &+= 1
                    }
                } catch {
                    destroy(target, count: record)
                    destroyFields(..<done, of: target + record &* stride)
                    throw error
                }
            }
            return cursor.position - base
        }
    }

    @inline(__always)
    private static func read(
        _ field: Field, of record: UnsafeMutableRawPointer, from cursor: inout DecodingCursor
    ) throws(CodecError) {
        let target = record + field.offset
        let isOptional = field.type.isOptional
        if isOptional {
            switch try cursor.read(UInt8.self) {
            case 0: return storeNil(field.type.scalar, at: target)
            case 1: break
            default: throw .malformed(expected: "\(field.type)")
            }
        }
        switch field.type.scalar {
        case .int, .int64: FieldMemory.store(try cursor.read(Int64.self), at: target, isOptional: isOptional)
        case .uint, .uint64: FieldMemory.store(try cursor.read(UInt64.self), at: target, isOptional: isOptional)
        case .double: FieldMemory.store(try cursor.read(Double.self), at: target, isOptional: isOptional)
        case .int32: FieldMemory.store(try cursor.read(Int32.self), at: target, isOptional: isOptional)
        case .uint32: FieldMemory.store(try cursor.read(UInt32.self), at: target, isOptional: isOptional)
        case .float: FieldMemory.store(try cursor.read(Float.self), at: target, isOptional: isOptional)
        case .int16: FieldMemory.store(try cursor.read(Int16.self), at: target, isOptional: isOptional)
        case .uint16: FieldMemory.store(try cursor.read(UInt16.self), at: target, isOptional: isOptional)
        case .int8: FieldMemory.store(try cursor.read(Int8.self), at: target, isOptional: isOptional)
        case .uint8: FieldMemory.store(try cursor.read(UInt8.self), at: target, isOptional: isOptional)
        case .bool: FieldMemory.store(try cursor.read(UInt8.self) != 0, at: target, isOptional: isOptional)
        case .string:
            if !isOptional, let short = cursor.readShortText() {
                target.storeBytes(of: short, as: ShortText.self)
            } else {
                FieldMemory.store(try cursor.readString(), at: target, isOptional: isOptional)
            }
        }
    }

    /// Destroys whole records.
    package func destroy(_ base: UnsafeMutableRawPointer, count: Int) {
        guard hasStrings else { return }
        for index in 0..<count { destroyFields(..<fields.count, of: base + index * stride) }
    }

    /// Destroys the first fields of a record.
    package func destroyFields(_ range: PartialRangeUpTo<Int>, of record: UnsafeMutableRawPointer) {
        for field in fields[range] { Self.destroy(field.type, at: record + field.offset) }
    }
}

/// Encoded bytes on their way into a writer, in memory that is written without checks a field.
private struct ByteStaging: ~Copyable {
    static let chunk = 32 << 10

    private var base = UnsafeMutableRawPointer.allocate(byteCount: 2 * ByteStaging.chunk, alignment: 16)
    private var capacity = 2 * ByteStaging.chunk
    private(set) var count = 0

    deinit { base.deallocate() }

    /// Makes room for `room` bytes behind those that are there.
    @inline(__always)
    mutating func reserve(_ room: Int) {
        if capacity &- count < room { grow(room) }
    }

    @inline(never)
    private mutating func grow(_ room: Int) {
        capacity = max(2 * capacity, count + room)
        let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        grown.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = grown
    }

    /// Writes a value for which there is room.
    @inline(__always)
    mutating func write<Value: BitwiseCopyable>(_ value: Value) {
        (base + count).storeBytes(of: value, as: Value.self)
        count &+= MemoryLayout<Value>.size
    }

    /// Writes a text with its count, for which there is room with 16 bytes of text.
    @inline(__always)
    mutating func append(_ text: ShortText) {
        write(UInt64(truncatingIfNeeded: text.count))
        (base + count).storeBytes(of: text, as: ShortText.self)
        count &+= text.count
    }

    /// Writes text, and makes room for `spare` bytes behind it.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, spare: Int) {
        reserve(bytes.count &+ spare)
        if let start = bytes.baseAddress { (base + count).copyMemory(from: start, byteCount: bytes.count) }
        count &+= bytes.count
    }

    mutating func drain(into writer: inout ByteWriter) {
        writer.append(UnsafeRawBufferPointer(start: base, count: count))
        count = 0
    }
}

/// A position in encoded bytes.
private struct DecodingCursor {
    var position: UnsafeRawPointer
    let end: UnsafeRawPointer
    let hasShortTexts: Bool

    @inline(__always)
    mutating func read<Value: BitwiseCopyable>(_ type: Value.Type) throws(CodecError) -> Value {
        guard end - position >= MemoryLayout<Value>.size else {
            throw .truncated(needed: MemoryLayout<Value>.size, available: end - position)
        }
        defer { position += MemoryLayout<Value>.size }
        return position.loadUnaligned(as: Value.self)
    }

    /// A text of up to 15 ASCII bytes; nil, with nothing read, for any other and close to the end of the bytes.
    @inline(__always)
    mutating func readShortText() -> ShortText? {
        guard hasShortTexts, end - position >= 8 + 16 else { return nil }
        let count = position.loadUnaligned(as: UInt64.self)
        guard count <= UInt64(ShortText.longest) else { return nil }
        let bytes = (position + 8).assumingMemoryBound(to: UInt8.self)
        let text = ShortText(ascii: bytes, count: Int(truncatingIfNeeded: count))
        guard text.isASCII else { return nil }
        position += 8 + Int(truncatingIfNeeded: count)
        return text
    }

    @inline(__always)
    mutating func readString() throws(CodecError) -> String {
        let count = try read(UInt64.self)
        guard count <= UInt64(end - position) else {
            throw .truncated(needed: Int(clamping: count), available: end - position)
        }
        defer { position += Int(count) }
        // Of typed bytes: by way of raw ones it is made without the standard library's fast path.
        let text = UnsafeBufferPointer(start: position.assumingMemoryBound(to: UInt8.self), count: Int(count))
        return String(decoding: text, as: UTF8.self)
    }
}
