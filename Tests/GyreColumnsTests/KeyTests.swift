import Foundation
import GyreColumns
import GyreTesting
import Testing

/// Hash, equality and order of keys agree, and stay what they are.
struct KeyTests {
    /// Exactly one of: before, same, after; same keys have the same hash; the order is transitive.
    private func holdLaws<K: Key>(_ keys: [K]) {
        for a in keys {
            #expect(K.isSameKey(a, a) && !K.isOrderedBefore(a, a))
            for b in keys {
                let relations = [K.isOrderedBefore(a, b), K.isSameKey(a, b), K.isOrderedBefore(b, a)]
                #expect(relations.count { $0 } == 1, "\(a) and \(b)")
                #expect(K.isSameKey(a, b) == K.isSameKey(b, a))
                if K.isSameKey(a, b) { #expect(a.keyHash == b.keyHash, "\(a) and \(b)") }
                for c in keys where K.isOrderedBefore(a, b) && K.isOrderedBefore(b, c) {
                    #expect(K.isOrderedBefore(a, c), "\(a), \(b), \(c)")
                }
            }
        }
    }

    enum Suit: String, Key { case clubs, hearts }

    @Test
    func lawsOfEveryKind() {
        holdLaws([Int.min, -1, 0, 1, .max])
        holdLaws([Int8.min, -1, 0, .max])
        holdLaws([UInt64.min, 1, .max])
        holdLaws([true, false])
        holdLaws([-Double.infinity, -1, -0.0, 0, .leastNonzeroMagnitude, 1, .infinity, .nan, -.nan, .signalingNaN])
        holdLaws([-Float.infinity, -0.0, 0, 1, .nan, Float(bitPattern: 0x7fc0_0001)])
        holdLaws(["", "a", "a\0", "b", "é", "e\u{301}", "日本", "🦶", String(repeating: "x", count: 100)])
        holdLaws([Int?.none, 0, 1, -1])
        holdLaws([Suit.clubs, .hearts])
        holdLaws([Date.distantPast, Date(timeIntervalSinceReferenceDate: 0), .distantFuture])
        holdLaws(
            [
                "00000000-0000-0000-0000-000000000001", "7FFFFFFF-FFFF-FFFF-0000-000000000000",
                "80000000-0000-0000-0000-000000000000", "80000000-0000-0000-0000-000000000001",
            ]
            .compactMap { UUID(uuidString: $0) })
        holdLaws([Pair(1, "a"), Pair(1, "b"), Pair(2, ""), Pair(1, "a")])
        holdLaws([Pair(Double.nan, Pair(0, -0.0)), Pair(Double.nan, Pair(0, 0.0)), Pair(1, Pair(0, 0))])
    }

    @Test
    func canonicalForms() {
        #expect(Double.isSameKey(-0.0, 0.0) && (-0.0).keyHash == 0.0.keyHash)
        #expect(Double.isSameKey(.nan, .signalingNaN) && Double.nan.keyHash == (-Double.nan).keyHash)
        #expect(Double.isOrderedBefore(.infinity, .nan))
        // Canonically equivalent, but other bytes: other keys.
        #expect("é" == "e\u{301}" && !String.isSameKey("é", "e\u{301}"))
        #expect("".keyHash == String(decoding: [UInt8](), as: UTF8.self).keyHash)
        #expect("".keyHash == String("abc".dropFirst(3)).keyHash)
    }

    /// What is written down depends on these numbers: change one, and `StableHash.version` changes with it.
    @Test
    func goldenHashes() {
        #expect(StableHash.version == 1)
        #expect(StableHash.mix(0) == 0)
        #expect(StableHash.mix(1) == 0x5692_161d_100b_05e5)
        #expect(Int(-1).keyHash == Int8(-1).keyHash)
        let hashes: [UInt64] = [
            Int(42).keyHash, "".keyHash, "a".keyHash, "gyre".keyHash, "12345678".keyHash, "123456789".keyHash,
            "Füße".keyHash, 1.5.keyHash, Float(1.5).keyHash, Pair(1, 2).keyHash, Pair(2, 1).keyHash,
            Int?.some(7).keyHash,
        ]
        #expect(
            hashes == [
                12_058_926_934_050_108_962, 0, 532_949_657_264_153_406, 7_648_618_161_240_994_212,
                17_263_095_378_466_416_267, 14_281_315_812_251_108_311, 11_498_554_938_989_522_851,
                16_657_480_027_015_623_784, 16_657_480_027_015_623_784, 2_561_927_323_451_818_248,
                11_230_530_221_273_101_171, 15_613_610_022_589_591_469,
            ])
    }

    @Test(arguments: [1, 2, 3, 7, 64])
    func workersGetEvenShares(workers: Int) {
        var counts = Array(repeating: 0, count: workers)
        for key in 0..<70_000 { counts[StableHash.worker(of: key.keyHash, among: workers)] += 1 }
        let share = 70_000 / workers
        #expect(counts.allSatisfy { abs($0 - share) < share / 4 })
        #expect(StableHash.worker(of: 0, among: workers) == 0)
        #expect(StableHash.worker(of: .max, among: workers) == workers - 1)
    }
}
