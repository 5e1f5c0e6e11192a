import GyreColumns
import GyreTesting
import Testing

/// Prefixes never contradict the order of their keys.
struct OrderPrefixTests {
    private enum Level: Int, Key {
        case low = -3
        case high = 12
    }

    private struct Plain: Key {
        var number: Int
        var keyHash: UInt64 { 0 }
        static func isSameKey(_ left: Self, _ right: Self) -> Bool { left.number == right.number }
        static func isOrderedBefore(_ left: Self, _ right: Self) -> Bool { left.number < right.number }
    }

    private func expectAgreement<K: Key>(_ keys: [K], sourceLocation: SourceLocation = #_sourceLocation) {
        for left in keys {
            for right in keys {
                if K.isOrderedBefore(left, right) {
                    #expect(left.orderPrefix <= right.orderPrefix, "\(left) < \(right)", sourceLocation: sourceLocation)
                }
                if K.isSameKey(left, right) {
                    #expect(left.orderPrefix == right.orderPrefix, "\(left) = \(right)", sourceLocation: sourceLocation)
                } else if K.isOrderPrefixDecisive {
                    #expect(left.orderPrefix != right.orderPrefix, "\(left) ≠ \(right)", sourceLocation: sourceLocation)
                }
            }
        }
    }

    private func integers<Integer: FixedWidthInteger & Key>(_ type: Integer.Type) -> [Integer] {
        var generator = SeededGenerator(seed: 5)
        return [.min, .min + 1, .max, .max - 1, 0, 1]
            + (0..<20).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    @Test
    func prefixesOfNumbers() {
        expectAgreement(integers(Int.self))
        expectAgreement(integers(Int64.self) + [-1])
        expectAgreement(integers(Int32.self) + [-1])
        expectAgreement(integers(Int16.self) + [-1])
        expectAgreement(integers(Int8.self) + [-1])
        expectAgreement(integers(UInt.self))
        expectAgreement(integers(UInt64.self))
        expectAgreement(integers(UInt32.self))
        expectAgreement(integers(UInt16.self))
        expectAgreement(integers(UInt8.self))
        expectAgreement([
            0.0, -0.0, 1, -1, 1.5, -1.5, .nan, -.nan, .signalingNaN, .infinity, -.infinity, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        ])
        expectAgreement([Float(0), -0.0, 1, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude])
    }

    @Test
    func prefixesOfOtherKeys() {
        let texts = [
            "", "a", "a\0", "a\0\0", "ab", "b", "é", "éa", "abcdefg", "abcdefgh", "abcdefghi", "zzzzzzzzz", "🜁",
        ]
        expectAgreement(texts)
        expectAgreement([true, false])
        expectAgreement([Int?.none, 0, 1, -1, .min, .max, .max - 1])
        expectAgreement(texts.map(Optional.some) + [nil])
        expectAgreement([Level.low, .high])
        expectAgreement([1, 2, 3].map(Plain.init))
        expectAgreement(texts.flatMap { [Pair($0, 1), Pair($0, -1)] })
        expectAgreement([Pair(1, "a"), Pair(1, "b"), Pair(-1, "c")])
        #expect(Int.isOrderPrefixDecisive && Level.isOrderPrefixDecisive && !String.isOrderPrefixDecisive)
    }
}
