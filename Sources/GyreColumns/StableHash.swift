/// The hash that places keys on workers and in tables: the same in every process and on every machine.
///
/// `Hasher` is seeded per process and so cannot be used for what is written down. The function's
/// version is recorded with whatever depends on it; change one and you change the other.
public enum StableHash {
    /// Recorded in checkpoints: keyed state is placed by this function.
    @inlinable
    public static var version: Int { 1 }

    /// A full-avalanche mix of 64 bits (the finaliser of MurmurHash3 with Stafford's constants "Mix13").
    @inlinable
    public static func mix(_ value: UInt64) -> UInt64 {
        var x = value
        x = (x ^ (x &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        x = (x ^ (x &>> 27)) &* 0x94d0_49bb_1331_11eb
        return x ^ (x &>> 31)
    }

    /// Adds a part to the hash of a composite key; order matters.
    @inlinable
    public static func combine(_ left: UInt64, _ right: UInt64) -> UInt64 {
        mix((left &* 0x9e37_79b9_7f4a_7c15) ^ right)
    }

    /// The hash of `count` bytes: eight at a time through a folded 128-bit product.
    @inlinable
    public static func bytes(_ start: UnsafeRawPointer, count: Int) -> UInt64 {
        var state: UInt64 = 0x2d35_8dcc_aa6c_78a5 ^ UInt64(truncatingIfNeeded: count)
        var position = 0
        while position &+ 8 <= count {
            let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            state = fold(state ^ word)
            position &+= 8
        }
        if position < count {
            var word: UInt64 = 0
            var shift: UInt64 = 0
            while position < count {
                word |= UInt64(start.load(fromByteOffset: position, as: UInt8.self)) &<< shift
                shift &+= 8
                position &+= 1
            }
            state = fold(state ^ word)
        }
        return mix(state)
    }

    /// Whether two buffers of one length hold the same bytes, eight at a time.
    @inlinable
    static func isSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let one = UnsafeRawPointer(left.baseAddress), let other = UnsafeRawPointer(right.baseAddress) else {
            return left.count == right.count
        }
        let count = left.count
        if one == other { return true }
        var position = 0
        while position &+ 8 <= count {
            if one.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                != other.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            {
                return false
            }
            position &+= 8
        }
        while position < count {
            if one.load(fromByteOffset: position, as: UInt8.self)
                != other.load(fromByteOffset: position, as: UInt8.self)
            {
                return false
            }
            position &+= 1
        }
        return true
    }

    @inlinable
    static func fold(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x8bb8_4b93_962e_acc9)
        return product.high ^ product.low ^ 0x4b33_a62e_d433_d4a3
    }

    /// The worker that a hash belongs to: the hash's share of the range, so the high bits decide.
    @inlinable
    public static func worker(of hash: UInt64, among workers: Int) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: workers)).high)
    }
}
