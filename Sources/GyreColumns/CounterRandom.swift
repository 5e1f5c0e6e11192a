/// Random numbers that are a function of a seed and a position: any row's numbers can be drawn alone, in any order, on
/// any worker. Inlined into its callers, which draw in their innermost loops.
///
/// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). About 10 ns
/// a block of 128 bits.
public struct CounterRandom: Sendable {
    /// Four words of 32 random bits.
    public typealias Block = SIMD4<UInt32>

    @usableFromInline let key: SIMD2<UInt32>

    @inlinable
    public init(seed: UInt64) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    }

    /// The block at a position: a row, and what is drawn for it.
    @inlinable
    @inline(__always)
    public func block(row: UInt64, draw: UInt32 = 0, purpose: UInt32 = 0) -> Block {
        block(SIMD4(UInt32(truncatingIfNeeded: row), UInt32(truncatingIfNeeded: row >> 32), draw, purpose))
    }

    /// The block of a counter, word for word as the paper's reference implementation gives it.
    @inlinable
    @inline(__always)
    public func block(_ counter: SIMD4<UInt32>) -> Block {
        var (word0, word1, word2, word3) = (counter.x, counter.y, counter.z, counter.w)
        var (key0, key1) = (key.x, key.y)
        for _ in 0..<10 {
            let even = UInt64(word0) &* 0xD251_1F53
            let odd = UInt64(word2) &* 0xCD9E_8D57
            (word0, word1, word2, word3) = (
                UInt32(truncatingIfNeeded: odd >> 32) ^ word1 ^ key0, UInt32(truncatingIfNeeded: odd),
                UInt32(truncatingIfNeeded: even >> 32) ^ word3 ^ key1, UInt32(truncatingIfNeeded: even)
            )
            key0 &+= 0x9E37_79B9
            key1 &+= 0xBB67_AE85
        }
        return SIMD4(word0, word1, word2, word3)
    }
}
