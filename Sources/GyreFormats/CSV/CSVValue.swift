import GyreColumns

/// What a field's text says, by the type that is expected.
struct CSVValue: Sendable {
    let nullText: [UInt8]
    let allowsNonFinite: Bool

    init(_ format: CSVFormat) {
        nullText = Array(format.nullText.utf8)
        allowsNonFinite = format.allowsNonFinite
    }

    func isNull(_ text: UnsafeBufferPointer<UInt8>, isQuoted: Bool) -> Bool {
        !isQuoted && text.elementsEqual(nullText)
    }

    func boolean(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        switch text.count {
        case 1: text[0] == UInt8(ascii: "1") ? true : text[0] == UInt8(ascii: "0") ? false : nil
        case 4: Self.isSpelled(text, "true") ? true : nil
        case 5: Self.isSpelled(text, "false") ? false : nil
        default: nil
        }
    }

    /// A decimal number; nil for anything else and for what no Double can hold.
    func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        if let value = DecimalScan.double(text) { return value.isFinite ? value : nil }
        guard allowsNonFinite, DecimalScan.namesNonFinite(text) else { return nil }
        return Double(String(decoding: text, as: UTF8.self))
    }

    func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
        // Rounded once: a Double on the way would round twice.
        guard let wide = double(text) else { return nil }
        if !wide.isFinite { return Float(wide) }
        let value = Float(String(decoding: text, as: UTF8.self)) ?? Float(wide)
        return value.isFinite ? value : nil
    }

    func integer<Value: FixedWidthInteger>(_ text: UnsafeBufferPointer<UInt8>, _ type: Value.Type) -> Value? {
        if let value = DigitScan.integer(text) { return Value(exactly: value) }
        guard !Value.isSigned, Value.bitWidth == 64, text.count >= 19, text.count < 40 else { return nil }
        return Value(String(decoding: text, as: UTF8.self))
    }

    /// Text, which must be UTF-8 without NUL bytes.
    @inline(__always)
    func string(_ text: UnsafeBufferPointer<UInt8>, _ traits: TextTraits) throws(RecordDefect) -> String {
        if traits.isASCII, !traits.hasNul { return String(decoding: text, as: UTF8.self) }
        return try checkedString(text)
    }

    @inline(never)
    private func checkedString(_ text: UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> String {
        if text.contains(0) { throw .nulByte }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw .invalidUTF8(found: RecordDefect.excerpt(text))
        }
        return string
    }

    /// Initialises a field of a record from its text.
    func store(
        _ text: UnsafeBufferPointer<UInt8>, isQuoted: Bool, _ type: FieldType, column: String, traits: TextTraits,
        at target: UnsafeMutableRawPointer
    ) throws(RecordDefect) {
        if type.isOptional, isNull(text, isQuoted: isQuoted) { return RecordLayout.storeNil(type.scalar, at: target) }
        func put<Value>(_ value: Value?) throws(RecordDefect) {
            guard let value else { throw wrong(text, Self.expectation(type.scalar), column: column) }
            RecordLayout.store(value, isOptional: type.isOptional, at: target)
        }
        switch type.scalar {
        case .int: try put(integer(text, Int.self))
        case .int64: try put(integer(text, Int64.self))
        case .int32: try put(integer(text, Int32.self))
        case .int16: try put(integer(text, Int16.self))
        case .int8: try put(integer(text, Int8.self))
        case .uint: try put(integer(text, UInt.self))
        case .uint64: try put(integer(text, UInt64.self))
        case .uint32: try put(integer(text, UInt32.self))
        case .uint16: try put(integer(text, UInt16.self))
        case .uint8: try put(integer(text, UInt8.self))
        case .double: try put(double(text))
        case .float: try put(float(text))
        case .bool: try put(boolean(text))
        case .string: try put(try string(text, traits))
        }
    }

    func wrong(
        _ text: UnsafeBufferPointer<UInt8>, _ expected: String, column: String
    ) -> RecordDefect {
        if text.contains(0) { return .nulByte }
        if String(validating: text, as: UTF8.self) == nil { return .invalidUTF8(found: RecordDefect.excerpt(text)) }
        return .wrongValue(column: column, expected: expected, found: RecordDefect.excerpt(text))
    }

    static func expectation(_ scalar: FieldType.Scalar) -> String {
        switch scalar {
        case .int, .int64, .int32, .int16, .int8: "an \(scalar.name)"
        case .uint, .uint64, .uint32, .uint16, .uint8: "a \(scalar.name)"
        case .double, .float: "a finite number"
        case .bool: "true or false"
        case .string: "text"
        }
    }

    private static func isSpelled(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        for index in 0..<text.count where text[index] | 0x20 != word.utf8Start[index] { return false }
        return true
    }
}
