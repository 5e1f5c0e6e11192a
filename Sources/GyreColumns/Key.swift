/// What records can be grouped by, joined on and placed by: a stable hash, an equality and an order
/// that agree with each other and are the same in every process.
///
/// Equality of keys is equality of their canonical form: strings by UTF-8 bytes, −0.0 as 0.0, NaN equal
/// to NaN (and greater than every number). A type's own `==` is not consulted.
public protocol Key: Sendable {
    /// The stable hash; equal keys have equal hashes.
    var keyHash: UInt64 { get }
    /// Whether two keys are the same.
    static func isSameKey(_ left: Self, _ right: Self) -> Bool
    /// Whether `left` comes before `right`.
    static func isOrderedBefore(_ left: Self, _ right: Self) -> Bool
    /// 64 bits that never contradict the order: a key with the smaller prefix comes first, keys with equal
    /// prefixes have to be compared. Sorting works on these.
    ///
    /// 0 for all keys, the default, is right and slow.
    var orderPrefix: UInt64 { get }
    /// Whether equal prefixes mean equal keys.
    static var isOrderPrefixDecisive: Bool { get }
    /// Reads some of what the key keeps outside of itself, if it does, so that it is in cache when the key is compared.
    ///
    /// 0, the default, is right.
    static func touchStorage(of key: Self) -> UInt64
    /// The same key, which shares no memory with others: a table's keys then lie close together, and keep nothing of
    /// the rows that they came with.
    ///
    /// The key itself, the default, is right.
    static func detached(_ key: consuming Self) -> Self
}

extension Key {
    @inlinable @inline(__always)
    public static func detached(_ key: consuming Self) -> Self { key }
    @inlinable @inline(__always)
    public static func touchStorage(of key: Self) -> UInt64 { 0 }
}

extension Key where Self: FixedWidthInteger {
    @inlinable
    public var keyHash: UInt64 { StableHash.mix(UInt64(truncatingIfNeeded: self)) }
    @inlinable
    public static func isSameKey(_ left: Self, _ right: Self) -> Bool { left == right }
    @inlinable
    public static func isOrderedBefore(_ left: Self, _ right: Self) -> Bool { left < right }
}

extension Int: Key {}
extension Int64: Key {}
extension Int32: Key {}
extension Int16: Key {}
extension Int8: Key {}
extension UInt: Key {}
extension UInt64: Key {}
extension UInt32: Key {}
extension UInt16: Key {}
extension UInt8: Key {}

extension Bool: Key {
    @inlinable
    public var keyHash: UInt64 { StableHash.mix(self ? 1 : 0) }
    @inlinable
    public static func isSameKey(_ left: Bool, _ right: Bool) -> Bool { left == right }
    @inlinable
    public static func isOrderedBefore(_ left: Bool, _ right: Bool) -> Bool { !left && right }
}

extension Double: Key {
    /// The bits of the canonical form: one zero, one NaN.
    @inlinable
    var canonicalBits: UInt64 { isNaN ? Double.nan.bitPattern : (self == 0 ? 0 : bitPattern) }
    @inlinable
    public var keyHash: UInt64 { StableHash.mix(canonicalBits) }
    @inlinable
    public static func isSameKey(_ left: Double, _ right: Double) -> Bool {
        left.canonicalBits == right.canonicalBits
    }
    @inlinable
    public static func isOrderedBefore(_ left: Double, _ right: Double) -> Bool {
        left.isNaN ? false : (right.isNaN ? true : left < right)
    }
}

extension Float: Key {
    @inlinable
    public var keyHash: UInt64 { Double(self).keyHash }
    @inlinable
    public static func isSameKey(_ left: Float, _ right: Float) -> Bool {
        Double.isSameKey(Double(left), Double(right))
    }
    @inlinable
    public static func isOrderedBefore(_ left: Float, _ right: Float) -> Bool {
        Double.isOrderedBefore(Double(left), Double(right))
    }
}

/// What a string is in memory.
@usableFromInline
struct StringBits {
    @usableFromInline let first: UInt
    @usableFromInline let second: UInt
}

extension String: Key {
    @inlinable
    public var keyHash: UInt64 {
        // Native strings are read where they are; others have to be copied.
        if let hash = utf8.withContiguousStorageIfAvailable({ String.keyHash(of: $0) }) { return hash }
        var copy = self
        return copy.withUTF8 { String.keyHash(of: $0) }
    }

    @inlinable
    static func keyHash(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        // An empty string may or may not have an address; it has one hash.
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return StableHash.mix(0) }
        return StableHash.bytes(UnsafeRawPointer(base), count: bytes.count)
    }
    @inlinable
    public static func isSameKey(_ left: String, _ right: String) -> Bool {
        // The same bits are the same string: a short one, which lies in them, or the same storage.
        let bits = (unsafeBitCast(left, to: StringBits.self), unsafeBitCast(right, to: StringBits.self))
        if bits.0.first == bits.1.first, bits.0.second == bits.1.second { return true }
        let leftBytes = left.utf8
        let rightBytes = right.utf8
        guard leftBytes.count == rightBytes.count else { return false }
        // Native strings are contiguous; a walk over their bytes one by one costs ten times as much.
        let isSame = leftBytes.withContiguousStorageIfAvailable { left in
            rightBytes.withContiguousStorageIfAvailable { right in
                StableHash.isSame(left, right)
            }
        }
        if let isSame, let isSame { return isSame }
        return leftBytes.elementsEqual(rightBytes)
    }
    @inlinable @inline(__always)
    public static func touchStorage(of key: String) -> UInt64 {
        // A short one lies in the slot itself, and the others are looked at where they are.
        // The end may be in another line than the beginning.
        key.utf8.withContiguousStorageIfAvailable { $0.isEmpty ? 0 : UInt64($0[0] ^ $0[$0.count &- 1]) } ?? 0
    }
    @inlinable @inline(never)
    public static func detached(_ key: consuming String) -> String {
        let utf8 = key.utf8
        let copy = utf8.withContiguousStorageIfAvailable { bytes in
            bytes.count <= 15
                ? nil
                : String(unsafeUninitializedCapacity: bytes.count) { $0.initialize(from: bytes).1 }
        }
        guard let copy, let copy else { return key }
        return copy
    }
    @inlinable
    public static func isOrderedBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension Optional: Key where Wrapped: Key {
    @inlinable
    public var keyHash: UInt64 { map { StableHash.combine(1, $0.keyHash) } ?? StableHash.mix(0) }
    @inlinable
    public static func isSameKey(_ left: Wrapped?, _ right: Wrapped?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): Wrapped.isSameKey(left, right)
        default: false
        }
    }
    @inlinable @inline(__always)
    public static func touchStorage(of key: Wrapped?) -> UInt64 { key.map { Wrapped.touchStorage(of: $0) } ?? 0 }
    @inlinable @inline(__always)
    public static func detached(_ key: consuming Wrapped?) -> Wrapped? { key.map { Wrapped.detached($0) } }
    /// `nil` comes first.
    @inlinable
    public static func isOrderedBefore(_ left: Wrapped?, _ right: Wrapped?) -> Bool {
        switch (left, right) {
        case (nil, _?): true
        case (let left?, let right?): Wrapped.isOrderedBefore(left, right)
        default: false
        }
    }
}

extension RawRepresentable where Self: Key, RawValue: Key {
    @inlinable
    public var keyHash: UInt64 { rawValue.keyHash }
    @inlinable
    public static func isSameKey(_ left: Self, _ right: Self) -> Bool {
        RawValue.isSameKey(left.rawValue, right.rawValue)
    }
    @inlinable
    public static func isOrderedBefore(_ left: Self, _ right: Self) -> Bool {
        RawValue.isOrderedBefore(left.rawValue, right.rawValue)
    }
}
