import Gyre

/// Random numbers by row, the same in `Peers/bench.py`: row i of a stream needs no other row.
enum CounterRandom {
    /// A number 0 ..< `below`; splitmix64 at a place.
    @inline(__always)
    static func number(_ stream: UInt64, _ row: Int, below: Int) -> Int64 {
        let place = UInt64(row &+ 1) &* 0x9e37_79b9_7f4a_7c15 &+ stream &* 0xd1b5_4a32_d192_ed03
        return Int64(StableHash.mix(place) % UInt64(below))
    }
}

/// Says whether two sets of rows are equal, whatever their order: the sum of a hash of each row.
struct Checksum: Equatable, CustomStringConvertible {
    private(set) var sum: UInt64 = 0

    mutating func add(_ columns: Int64...) {
        var state: UInt64 = 0
        for column in columns {
            state = StableHash.mix((state &+ 0x9e37_79b9_7f4a_7c15) ^ UInt64(bitPattern: column))
        }
        sum &+= state
    }

    var description: String { "\(sum)" }
}
