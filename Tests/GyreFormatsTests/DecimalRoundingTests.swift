import Glibc
import GyreFormats
import Testing

/// Decimal numbers as text, against Swift's own reading: millions of them.
struct DecimalRoundingTests {
    private func agrees(_ text: String) -> Bool {
        var bytes = text
        let read = bytes.withUTF8 { DecimalScan.double($0) }
        return read?.bitPattern == Double(text)?.bitPattern
    }

    private func check(_ texts: Int, seed: UInt64, _ make: (inout SeededGenerator) -> String) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<texts {
            let text = make(&random)
            // An expectation each would take longer than the reading.
            if !agrees(text) {
                Issue.record("seed \(seed): \(text)")
                return
            }
        }
    }

    private func printed(_ value: Double, digits: Int) -> String {
        withVaList([value]) { list in
            var line = [CChar](repeating: 0, count: 900)
            let count = vsnprintf(&line, line.count, "%.\(digits)e", list)
            return String(decoding: line.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Any finite number, of every exponent alike.
    private func number(_ random: inout SeededGenerator) -> Double {
        while true {
            let value = Double(bitPattern: random.next())
            if value.isFinite { return value }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func shortestTexts(seed: UInt64) { check(250_000, seed: seed) { "\(number(&$0))" } }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func seventeenDigitsAndMore(seed: UInt64) {
        check(150_000, seed: seed) { printed(number(&$0), digits: 15 + $0.below(25)) }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func subnormals(seed: UInt64) {
        check(200_000, seed: seed) { random in
            let value = Double(bitPattern: random.next() >> UInt64(12 + random.below(50)))
            return printed(value, digits: 5 + random.below(25))
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func randomDigitsAndExponents(seed: UInt64) {
        check(250_000, seed: seed) { random in
            let mantissa = random.next() >> UInt64(random.below(64))
            let exponent = random.below(3) == 0 ? random.below(60) - 30 : random.below(720) - 370
            return "\(mantissa)e\(exponent)"
        }
    }

    /// Odd numbers of 54 bits lie halfway between two of 53; so do their multiples by powers of two and five.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func halfway(seed: UInt64) {
        check(200_000, seed: seed) { random in
            let tie = (random.next() >> 11) | 1 << 53 | 1
            switch random.below(5) {
            case 0: return "\(tie << UInt64(random.below(10)))"
            case 1:
                // tie / 2^k, written with as many digits behind the point.
                let power = random.below(4)
                return "\(tie * [1, 5, 25, 125][power])e-\(power)"
            case 2:
                // An odd mantissa whose product with a power of five has 54 bits.
                let power = 1 + random.below(22)
                let five = (0..<power).reduce(UInt64(1)) { product, _ in product * 5 }
                return "\((tie / five) | 1)e\(power)"
            case 3: return "\(tie).\(String(repeating: "0", count: random.below(30)))\(random.below(2))"
            default: return "\(tie).0000000000000000000000000000000000000000\(random.below(2))e-\(random.below(3))"
            }
        }
    }

    /// Halfway between two small numbers takes up to 767 digits.
    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func allDigits(seed: UInt64) {
        check(3000, seed: seed) { random in
            let bits = random.next() >> UInt64(1 + random.below(30))
            let value = Double(bitPattern: bits).isFinite ? Double(bitPattern: bits) : 1
            return printed(value, digits: 780)
        }
    }

    @Test(arguments: [
        "1e400", "-1e400", "1e-400", "0e999", "0.0e-999", "9007199254740993", "9007199254740993.0000000000000000000001",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
        "1.7976931348623158e308", "1.7976931348623159e308", "2.2250738585072011e-308", "2.2250738585072014e-308",
        "2.4703282292062327e-324", "2.4703282292062328e-324", "4.9406564584124654e-324", "1e23", "8.5e22", "1e-23",
        "6250000000000000000000000000000e-30", "0.000000000000000000000000000000000000000000000000001e51",
        "123456789012345678901234567890e-10", "00000000000000000000001", "0.00000000000000000000000001",
    ])
    func chosen(text: String) { #expect(agrees(text)) }

    @Test func exponentsOfAnyLength() {
        for (text, expected) in [
            ("1e99999999999999999999999", Double.infinity), ("1e-99999999999999999999999", 0),
            ("0e99999999999999999999999", 0), ("-1e-99999999999999999999999", -0.0),
        ] {
            var text = text
            #expect(text.withUTF8 { DecimalScan.double($0) }?.bitPattern == expected.bitPattern)
        }
    }
}

extension SeededGenerator {
    /// A number below `bound`.
    fileprivate mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
