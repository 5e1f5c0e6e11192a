import Glibc
import GyreFormats
import Testing

/// Numbers read and written, against Swift's and C's own.
struct NumberTests {
    private func integer(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { DigitScan.integer($0) }
    }

    private func double(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { DecimalScan.double($0) }
    }

    private func written(_ append: (TextBuffer) -> Void) -> String {
        let buffer = TextBuffer()
        append(buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "0", "-0", "+0", "", "-", "+", "--1", "1-", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "00000000000000000000000012", "1 ", "a", "1e3", "٣",
        "92233720368547758070",
    ])
    func integersAsSwiftReadsThem(_ text: String) {
        #expect(integer(text) == Int64(text))
    }

    @Test(arguments: [
        "0", "-0.0", "1.", ".5", "+.5e1", "1e22", "1e23", "1e-22", "1e-23", "123456789012345678", "0.1", "4.9e-324",
        "2.4703282292062328e-324", "1.7976931348623157e308", "1.7976931348623159e308", "9007199254740993",
        "0.000000000000000000000000000000000000000123", "1e5", "1E+05", "12345678901234567890123456789",
        "00000000000000000000000000000000000000000001.5",
    ])
    func doublesAsSwiftReadsThem(_ text: String) {
        #expect(double(text)?.bitPattern == strtod(text, nil).bitPattern)
    }

    @Test(arguments: ["", ".", "e5", "1e", "1e+", "0x10", "inf", "nan", "1_000", "1,5", "--1", "1 "])
    func noDoubles(_ text: String) {
        #expect(double(text) == nil)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func randomDoubles(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let bits = UInt64.random(in: 0...UInt64.max, using: &random)
            let candidates = [
                Double(bitPattern: bits), Double(bits >> 11) * 0x1p-53, Double(bits >> 44), Double(bits % 10000) / 100,
                Double(bitPattern: bits >> 12), Double(bits),
            ]
            for value in candidates where value.isFinite {
                let text = written { $0.append(value) }
                #expect(double(text)?.bitPattern == value.bitPattern, "seed \(seed): \(value)")
                #expect(Double(text)?.bitPattern == value.bitPattern, "seed \(seed): \(value)")
                let exact = withVaList([value]) { list in
                    var line = [CChar](repeating: 0, count: 40)
                    let count = vsnprintf(&line, line.count, "%.15e", list)
                    return String(decoding: line.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
                }
                #expect(written { $0.appendScientific(value) } == exact, "seed \(seed): \(value)")
            }
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            if float.isFinite { #expect(Float(written { $0.append(float) }) == float, "seed \(seed): \(float)") }
            let signed = Int64(bitPattern: bits) >> Int64(bits & 63)
            #expect(written { $0.append(signed) } == String(signed), "seed \(seed)")
            #expect(integer(String(signed)) == signed, "seed \(seed)")
        }
    }

    @Test(arguments: [Int64.min, .max, 0, 9, 10, -1, -10, 99, 100, 999_999_999_999_999_999, 1_000_000_000_000_000_000])
    func integersWritten(_ value: Int64) {
        #expect(written { $0.append(value) } == String(value))
        #expect(written { $0.append(UInt64(value.magnitude)) } == String(value.magnitude))
        #expect(written { $0.append(UInt64.max) } == "18446744073709551615")
    }

    @Test(arguments: [0.0, -0.0, 1, -1, 5, 1e15, 9_007_199_254_740_991, 9_007_199_254_740_992, 1e16, 1e22, 0.1, 1e-5])
    func wholeDoublesLikeAllOthers(_ value: Double) {
        #expect(written { $0.append(value) } == value.description)
        #expect(written { $0.append(Float(value)) } == Float(value).description)
    }
}
