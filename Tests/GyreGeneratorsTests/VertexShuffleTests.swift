import Gyre
import GyreGenerators
import Testing

struct VertexShuffleTests {
    @Test("Every number comes up once", arguments: 0...13)
    func isAPermutation(bits: Int) {
        let shuffle = VertexShuffle(bits: bits, random: CounterRandom(seed: UInt64(bits) + 1))
        var isTaken = [Bool](repeating: false, count: 1 << bits)
        for number in 0..<UInt64(1 << bits) { isTaken[Int(shuffle(number))] = true }
        #expect(isTaken.allSatisfy { $0 })
    }

    @Test("Another seed is another order; few numbers stay where they were")
    func depends() {
        let numbers = 0..<UInt64(1 << 12)
        let first = numbers.map(VertexShuffle(bits: 12, random: CounterRandom(seed: 1)).callAsFunction)
        let second = numbers.map(VertexShuffle(bits: 12, random: CounterRandom(seed: 2)).callAsFunction)
        #expect(zip(first, second).count { $0 == $1 } < 20)
        #expect(zip(first, numbers).count { $0 == $1 } < 20)
        #expect(zip(first, first.dropFirst()).count { $1 == $0 + 1 } < 20)
    }
}
