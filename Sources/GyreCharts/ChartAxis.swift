import Glibc

/// An axis: the values it goes from and to, and its ticks.
package struct ChartAxis: Equatable {
    package struct Tick: Equatable {
        package var value: Double
        package var label: String
    }

    package let scale: Chart.Scale
    /// From the first to the last value on it, which are different.
    package let range: ClosedRange<Double>
    /// Ascending, from the beginning to the end of the axis.
    package let ticks: [Tick]

    /// The largest and smallest magnitudes with which one can calculate safely.
    static let largest = 1e300
    static let smallest = 1e-300

    /// Whether the axis can show a value.
    package static func shows(_ value: Double, on scale: Chart.Scale) -> Bool {
        value.magnitude <= largest && (scale == .linear || value >= smallest)
    }

    /// 0 at the beginning, 1 at the end.
    package func position(of value: Double) -> Double {
        switch scale {
        case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .log10:
            (log10(value) - log10(range.lowerBound)) / (log10(range.upperBound) - log10(range.lowerBound))
        }
    }

    /// An axis over values that `shows` lets pass, with a tick at either end and no more than `most` + 2 in all.
    ///
    /// - Parameters:
    ///   - values: what has to lie on it; nil: nothing has.
    ///   - isCounted: whether ticks are whole numbers.
    package init(covering values: ClosedRange<Double>?, scale: Chart.Scale, most: Int, isCounted: Bool = false) {
        self.scale = scale
        switch scale {
        case .linear: ticks = Self.linear(values ?? 0...1, most, isCounted)
        case .log10: ticks = Self.logarithmic(values ?? 1...10, most)
        }
        range = (ticks.first?.value ?? 0)...(ticks.last?.value ?? 1)
    }

    /// Multiples of 1, 2 or 5 times a power of ten.
    private static func linear(_ values: ClosedRange<Double>, _ most: Int, _ isCounted: Bool) -> [Tick] {
        let values = widened(values, by: isCounted ? 1 : nil)
        let least = (values.upperBound - values.lowerBound) / Double(most)
        var exponent = ChartNumber.exponent(of: least)
        var factor = [1.0, 2, 5].first { $0 * ChartNumber.power(exponent) >= least * (1 - 1e-9) } ?? 10
        if factor == 10 { (factor, exponent) = (1, exponent + 1) }
        if isCounted, exponent < 0 { (factor, exponent) = (1, 0) }
        let step = factor * ChartNumber.power(exponent)
        // A value that is a multiple but for its last bits needs no tick beyond.
        let first = (values.lowerBound / step + 1e-9).rounded(.down)
        let last = max((values.upperBound / step - 1e-9).rounded(.up), first + 1)
        let multiples = (0...Int(last - first)).map { (first + Double($0)) * factor }
        let largest = max(multiples[0].magnitude, multiples[multiples.count - 1].magnitude)
        let top = ChartNumber.exponent(of: largest) + exponent
        return multiples.map { multiple in
            // Divided, as 3 / 10 is nearer to 0.3 than 3 · 0.1.
            let value =
                exponent < 0 ? multiple / ChartNumber.power(-exponent) : multiple * ChartNumber.power(exponent)
            let isPlain = top < 6 && top >= -4
            let label =
                isPlain
                ? ChartNumber.fixed(value, decimals: max(0, -exponent))
                : ChartNumber.scientific(value, exponent: top, decimals: top - exponent)
            return Tick(value: value, label: label)
        }
    }

    /// A range of some width in it: no axis can be made of one value.
    private static func widened(_ values: ClosedRange<Double>, by margin: Double?) -> ClosedRange<Double> {
        let (low, high) = (values.lowerBound, values.upperBound)
        let magnitude = max(low.magnitude, high.magnitude)
        if high - low > max(magnitude * 1e-9, smallest) { return values }
        if magnitude <= smallest { return margin.map { 0...$0 } ?? -1...1 }
        // One to either side is nothing beside a large number.
        let margin = margin.map { max($0, magnitude * 1e-6) } ?? magnitude / 10
        return (low - margin)...(high + margin)
    }

    /// Powers of ten; with 1, 2 and 5 times them where there are few.
    private static func logarithmic(_ values: ClosedRange<Double>, _ most: Int) -> [Tick] {
        var first = place(below: values.lowerBound)
        var last = place(below: values.upperBound)
        if number(last) < values.upperBound * (1 - 1e-9) { last += 1 }
        if first == last { (first, last) = (first - 1, last + 1) }
        var step = 1
        if last - first > most {
            // Powers of ten only, and not every one where there are too many.
            let (low, high) = (floorDivided(first, 3), -floorDivided(-last, 3))
            let stride = max(1, (high - low + most - 1) / most)
            step = 3 * stride
            first = 3 * stride * floorDivided(low, stride)
            last = -3 * stride * floorDivided(-high, stride)
        }
        let isPlain = floorDivided(first, 3) >= -3 && last <= 15
        return stride(from: first, through: last, by: step).map { place in
            let exponent = floorDivided(place, 3)
            let factor = [1, 2, 5][place - 3 * exponent]
            let value = number(place)
            if isPlain { return Tick(value: value, label: ChartNumber.fixed(value, decimals: max(0, -exponent))) }
            let power = ChartNumber.powerOfTen(exponent)
            return Tick(value: value, label: factor == 1 ? power : "\(factor)×\(power)")
        }
    }

    /// …, 0.5, 1, 2, 5, 10, 20, …: 1 is at place 0.
    private static func number(_ place: Int) -> Double {
        let exponent = floorDivided(place, 3)
        let factor = [1.0, 2, 5][place - 3 * exponent]
        return exponent < 0 ? factor / ChartNumber.power(-exponent) : factor * ChartNumber.power(exponent)
    }

    /// The last place whose number is not above a value, but for its last bits.
    private static func place(below value: Double) -> Int {
        var place = 3 * ChartNumber.exponent(of: value)
        while number(place + 1) <= value * (1 + 1e-9) { place += 1 }
        return place
    }

    private static func floorDivided(_ number: Int, _ divisor: Int) -> Int {
        Int((Double(number) / Double(divisor)).rounded(.down))
    }
}
