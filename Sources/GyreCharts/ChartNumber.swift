import Glibc

/// Numbers as charts write them.
enum ChartNumber {
    /// A coordinate: two decimals at most, without zeros behind them.
    static func coordinate(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// For a person: so many decimals, thousands apart from 10 000 on, a real minus sign.
    static func fixed(_ value: Double, decimals: Int) -> String {
        let scaled = (value.magnitude * power(decimals)).rounded()
        guard scaled < 9e15 else { return scientific(value, exponent: exponent(of: value), decimals: 3) }
        var digits = String(Int64(scaled))
        digits = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        let whole = grouped(digits.dropLast(decimals))
        let sign = value < 0 && scaled > 0 ? "\u{2212}" : ""
        return sign + whole + (decimals > 0 ? "." + digits.suffix(decimals) : "")
    }

    /// A factor and a power of ten, such as 2.5×10⁶.
    static func scientific(_ value: Double, exponent: Int, decimals: Int) -> String {
        // In two steps, since no power of ten beyond ±308 is a number.
        let half = exponent / 2
        let factor = value / power(half) / power(exponent - half)
        if factor == 0 { return "0" }
        return "\(fixed(factor, decimals: decimals))×\(powerOfTen(exponent))"
    }

    /// 10ⁿ.
    static func powerOfTen(_ exponent: Int) -> String {
        let raised: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
            "9": "⁹",
        ]
        return "10" + String("\(exponent)".map { raised[$0] ?? $0 })
    }

    /// The power of ten at or below a number; 0 for 0.
    static func exponent(of value: Double) -> Int {
        value == 0 ? 0 : Int((log10(value.magnitude) + 1e-12).rounded(.down))
    }

    static func power(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

    private static func grouped(_ digits: Substring) -> String {
        guard digits.utf8.count > 4 else { return String(digits) }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { text.append("\u{2009}") }
            text.append(digit)
        }
        return text
    }
}
