// Prefixes of keys: as many leading bits of the order as fit 64.

extension Key {
    @inlinable
    public var orderPrefix: UInt64 { 0 }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { false }
}

extension Key where Self: FixedWidthInteger {
    /// The number, with the sign turned over so that negative ones come first.
    @inlinable
    public var orderPrefix: UInt64 {
        Self.isSigned
            ? UInt64(bitPattern: Int64(truncatingIfNeeded: self)) ^ (1 << 63) : UInt64(truncatingIfNeeded: self)
    }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { bitWidth <= 64 }
}

extension Bool {
    @inlinable
    public var orderPrefix: UInt64 { self ? 1 : 0 }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { true }
}

extension Double {
    /// The bits of the canonical form; those of negative numbers are turned over, for they fall where numbers rise.
    @inlinable
    public var orderPrefix: UInt64 {
        let bits = canonicalBits
        return bits >> 63 == 0 ? bits | (1 << 63) : ~bits
    }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { true }
}

extension Float {
    @inlinable
    public var orderPrefix: UInt64 { Double(self).orderPrefix }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { true }
}

extension String {
    /// The first eight bytes, the first one highest. Not decisive, also for short strings: "a" and "a\0" differ.
    @inlinable
    public var orderPrefix: UInt64 {
        var copy = self
        return copy.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            if bytes.count >= 8 {
                return UInt64(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self))
            }
            var prefix: UInt64 = 0
            for index in 0..<bytes.count { prefix |= UInt64(base[index]) &<< UInt64(56 &- 8 &* index) }
            return prefix
        }
    }
}

extension Optional where Wrapped: Key {
    /// A bit that says whether there is a value, then the value's prefix but for its last bit.
    @inlinable
    public var orderPrefix: UInt64 { map { $0.orderPrefix &>> 1 | (1 << 63) } ?? 0 }
}

extension RawRepresentable where Self: Key, RawValue: Key {
    @inlinable
    public var orderPrefix: UInt64 { rawValue.orderPrefix }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { RawValue.isOrderPrefixDecisive }
}
