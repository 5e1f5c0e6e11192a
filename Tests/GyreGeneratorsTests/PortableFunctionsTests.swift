import Foundation
import Gyre
import GyreGenerators
import Testing

struct PortableFunctionsTests {
    @Test("The logarithm is the C library's, but for its last bits")
    func logarithm() {
        let random = CounterRandom(seed: 1)
        var numbers: [Double] = [
            0x1p-53, 0x1p-52, 0.5, 1, 2, 1 - 0x1p-53, 1 + 0x1p-52, 0.5.squareRoot(), 1e-300, 1e300,
        ]
        for row in 0..<100_000 as Range<UInt64> {
            let block = random.block(row: row)
            numbers.append((Double(block.x) + 0.5) * 0x1p-32)
            numbers.append(1 - Double(block.y) * 0x1p-60)
            numbers.append(Double(block.z) * 0x1p-20 + 0x1p-20)
        }
        for number in numbers {
            let expected = log(number)
            let found = PortableFunctions.logarithm(number)
            #expect(abs(found - expected) <= 4e-16 * abs(expected), "\(number)")
        }
        #expect(PortableFunctions.logarithm(1) == 0)
    }

    @Test("Sine and cosine are the C library's, but for their last bits")
    func sineAndCosine() {
        let random = CounterRandom(seed: 2)
        var angles = (0..<64).map { Double($0) / 64 } + [1 - 0x1p-53, 0x1p-53, 0.125.nextDown, 0.125.nextUp, 1]
        for row in 0..<100_000 as Range<UInt64> { angles.append(Double(random.block(row: row).x) * 0x1p-32) }
        for turns in angles {
            // The nearest quarter is taken off exactly, which 2π · turns is not.
            let quarter = (turns * 4).rounded()
            let rest = (turns - quarter / 4) * 2 * Double.pi
            let expected =
                switch Int(quarter) % 4 {
                case 0: (sin(rest), cos(rest))
                case 1: (cos(rest), -sin(rest))
                case 2: (-sin(rest), -cos(rest))
                default: (-cos(rest), sin(rest))
                }
            let found = PortableFunctions.sineAndCosine(turns: turns)
            #expect(abs(found.sine - expected.0) <= 4e-16 && abs(found.cosine - expected.1) <= 4e-16, "\(turns)")
        }
    }
}
