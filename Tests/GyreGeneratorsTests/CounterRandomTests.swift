import Gyre
import GyreGenerators
import Testing

struct CounterRandomTests {
    /// A row of the known answers that the authors of Philox publish with their implementation.
    struct KnownAnswer: Sendable {
        var counter: SIMD4<UInt32>
        var seed: UInt64
        var words: SIMD4<UInt32>
    }

    @Test(
        "Blocks are those of the reference implementation",
        arguments: [
            KnownAnswer(
                counter: SIMD4(repeating: 0), seed: 0,
                words: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
            KnownAnswer(
                counter: SIMD4(repeating: .max), seed: .max,
                words: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
            KnownAnswer(
                counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), seed: 0x299f_31d0_a409_3822,
                words: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
        ])
    func knownAnswers(_ row: KnownAnswer) {
        #expect(CounterRandom(seed: row.seed).block(row.counter) == row.words)
    }

    @Test("A row's number is in the first two words, then what is drawn, then what for")
    func counterOfARow() {
        let random = CounterRandom(seed: 7)
        #expect(random.block(row: 5 << 32 | 3, draw: 2, purpose: 9) == random.block(SIMD4(3, 5, 2, 9)))
    }
}
