import GyreCharts

/// Charts of random numbers, large, small and impossible.
enum RandomChart {
    static func chart(_ random: inout some RandomNumberGenerator) -> Chart {
        let scale: Chart.Scale = Bool.random(using: &random) ? .linear : .log10
        let (x, y) = (range(.linear, &random), range(scale, &random))
        let series = (0..<Int.random(in: 0...4, using: &random)).map { number in
            let points = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                ChartPoint(value(in: x, &random), value(in: y, &random))
            }
            let marks: [ChartSeries.Mark] = [.line, .points, .centers]
            return ChartSeries(
                name: Bool.random(using: &random) ? "series \(number)" : nil,
                mark: marks[Int.random(in: 0..<3, using: &random)], points: points,
                category: Bool.random(using: &random) ? Int.random(in: -3...40, using: &random) : nil)
        }
        let references = [
            ChartReference(.diagonal), ChartReference(.horizontal(value(in: y, &random)), name: "reference"),
        ]
        return Chart(
            title: "random", xTitle: "x", yTitle: "y", yScale: scale, series: series,
            references: Array(references.prefix(Int.random(in: 0...2, using: &random))),
            xCoverage: Bool.random(using: &random) ? x : nil, isXCounted: Bool.random(using: &random),
            isSquare: Bool.random(using: &random))
    }

    static func range(_ scale: Chart.Scale, _ random: inout some RandomNumberGenerator) -> ClosedRange<Double> {
        let exponent = Double.random(in: -300...300, using: &random)
        let size = exponent10(Bool.random(using: &random) ? exponent : exponent / 60)
        if scale == .log10 { return size...min(size * exponent10(Double.random(in: 0...20, using: &random)), 1e300) }
        let low = Double.random(in: -1...1, using: &random) * size
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return low...low
        case 1: return low...(low + size * 1e-7)
        case 2: return 0...size
        default: return low...max(low, Double.random(in: -1...1, using: &random) * size)
        }
    }

    private static func value(
        in range: ClosedRange<Double>, _ random: inout some RandomNumberGenerator
    ) -> Double {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: .nan
        case 1: Bool.random(using: &random) ? .infinity : -.infinity
        case 2: 1e308
        case 3: range.lowerBound
        case 4: range.upperBound
        default:
            range.lowerBound + (range.upperBound - range.lowerBound) * Double.random(in: 0...1, using: &random)
        }
    }

    private static func exponent10(_ exponent: Double) -> Double {
        Double("1e\(Int(exponent))") ?? 1
    }
}
