import GyreCharts
import Testing

/// Ticks that are round, few, and around all values.
struct ChartAxisTests {
    struct Known: Sendable, CustomTestStringConvertible {
        var values: ClosedRange<Double>
        var scale: Chart.Scale
        var most: Int
        var isCounted: Bool
        var labels: String
        var testDescription: String { "\(values)" }

        init(
            _ values: ClosedRange<Double>, _ scale: Chart.Scale = .linear, most: Int = 6, isCounted: Bool = false,
            labels: String
        ) {
            self.values = values
            self.scale = scale
            self.most = most
            self.isCounted = isCounted
            self.labels = labels
        }
    }

    @Test(
        "Ticks of known ranges",
        arguments: [
            Known(0...1, labels: "0.0 0.2 0.4 0.6 0.8 1.0"),
            Known(0.31...0.69, labels: "0.3 0.4 0.5 0.6 0.7"),
            Known(-3.2...2.9, labels: "\u{2212}4 \u{2212}2 0 2 4"),
            Known(1...37, most: 9, isCounted: true, labels: "0 5 10 15 20 25 30 35 40"),
            Known(1...3, most: 9, isCounted: true, labels: "1 2 3"),
            Known(1...1, most: 9, isCounted: true, labels: "0 1 2"),
            Known(0...0, labels: "\u{2212}1.0 \u{2212}0.5 0.0 0.5 1.0"),
            Known(5...5, labels: "4.4 4.6 4.8 5.0 5.2 5.4 5.6"),
            Known(0...123_456, labels: "0 50\u{2009}000 100\u{2009}000 150\u{2009}000"),
            Known(0...2_345_678, labels: "0 0.5×10⁶ 1.0×10⁶ 1.5×10⁶ 2.0×10⁶ 2.5×10⁶"),
            Known(0...0.00004, labels: "0 1×10⁻⁵ 2×10⁻⁵ 3×10⁻⁵ 4×10⁻⁵"),
            Known(1...1000, .log10, labels: "1 10 100 1000"),
            Known(0.2...7, .log10, labels: "0.2 0.5 1 2 5 10"),
            Known(3...4, .log10, labels: "2 5"),
            Known(5...5, .log10, labels: "2 5 10"),
            Known(0.0004...120, .log10, most: 8, labels: "10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10² 10³"),
            Known(1e-5...4e-5, .log10, labels: "10⁻⁵ 2×10⁻⁵ 5×10⁻⁵"),
        ])
    func known(_ known: Known) {
        let axis = ChartAxis(covering: known.values, scale: known.scale, most: known.most, isCounted: known.isCounted)
        #expect(axis.ticks.map(\.label).joined(separator: " ") == known.labels)
    }

    @Test("Ticks cover any range, ascend, are few, and differ in their labels")
    func covering() {
        for seed in 0..<20_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let scale: Chart.Scale = Bool.random(using: &random) ? .linear : .log10
            let most = Int.random(in: 1...12, using: &random)
            let isCounted = scale == .linear && Int.random(in: 0..<4, using: &random) == 0
            let values = RandomChart.range(scale, &random)
            let axis = ChartAxis(covering: values, scale: scale, most: most, isCounted: isCounted)
            let place = "seed \(seed): \(values), \(scale), \(most)"
            #expect(axis.ticks.count >= 2 && axis.ticks.count <= most + 2, "\(place): \(axis.ticks.count)")
            #expect(axis.range == axis.ticks[0].value...axis.ticks[axis.ticks.count - 1].value, "\(place)")
            #expect(axis.position(of: values.lowerBound) > -1e-6, "\(place)")
            #expect(axis.position(of: values.upperBound) < 1 + 1e-6, "\(place)")
            #expect(Set(axis.ticks.map(\.label)).count == axis.ticks.count, "\(place)")
            for (left, right) in zip(axis.ticks, axis.ticks.dropFirst()) {
                #expect(left.value < right.value, "\(place)")
            }
            if isCounted { #expect(axis.ticks.allSatisfy { $0.value == $0.value.rounded() }, "\(place)") }
        }
    }
}
