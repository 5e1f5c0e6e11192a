public import Foundation

extension UUID: Key {
    /// The two halves of the 16 bytes, as they are written.
    @inlinable
    var halves: (high: UInt64, low: UInt64) {
        withUnsafeBytes(of: uuid) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
    @inlinable
    public var keyHash: UInt64 {
        let (high, low) = halves
        return StableHash.combine(StableHash.mix(high), low)
    }
    @inlinable
    public static func isSameKey(_ left: UUID, _ right: UUID) -> Bool { left.halves == right.halves }
    /// By the bytes, which is the order of the text form.
    @inlinable
    public static func isOrderedBefore(_ left: UUID, _ right: UUID) -> Bool { left.halves < right.halves }
    /// The first eight bytes.
    @inlinable
    public var orderPrefix: UInt64 { halves.high }
}

/// A date is the number of seconds that it keeps, with the equality of numbers as keys.
extension Date: Key {
    @inlinable
    public var keyHash: UInt64 { timeIntervalSinceReferenceDate.keyHash }
    @inlinable
    public static func isSameKey(_ left: Date, _ right: Date) -> Bool {
        Double.isSameKey(left.timeIntervalSinceReferenceDate, right.timeIntervalSinceReferenceDate)
    }
    @inlinable
    public static func isOrderedBefore(_ left: Date, _ right: Date) -> Bool {
        Double.isOrderedBefore(left.timeIntervalSinceReferenceDate, right.timeIntervalSinceReferenceDate)
    }
    @inlinable
    public var orderPrefix: UInt64 { timeIntervalSinceReferenceDate.orderPrefix }
    @inlinable
    public static var isOrderPrefixDecisive: Bool { true }
}
