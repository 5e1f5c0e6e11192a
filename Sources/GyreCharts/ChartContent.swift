/// What of a chart's series can be shown, thinned, and the ranges it takes.
struct ChartContent {
    /// The most points that are drawn of all series that show points, and the most of a line.
    static let pointCap = 4_000
    static let lineCap = 2_000

    struct Series {
        var mark: ChartSeries.Mark
        var style: ChartStyle
        /// Of a line its unbroken parts; of points all in one.
        var parts: [[ChartPoint]]
    }

    private(set) var series: [Series] = []
    private(set) var xRange: ClosedRange<Double>?
    private(set) var yRange: ClosedRange<Double>?
    /// Small marks: how many there are, and how many are shown.
    private(set) var pointCount = 0
    private(set) var shownCount = 0

    /// Whether nothing is to be seen.
    var isEmpty: Bool { series.allSatisfy { $0.parts.allSatisfy(\.isEmpty) } }

    init(_ chart: Chart) {
        xRange = Self.shown(chart.xCoverage, on: .linear)
        yRange = Self.shown(chart.yCoverage, on: chart.yScale)
        for reference in chart.references {
            if case .horizontal(let value) = reference.line, ChartAxis.shows(value, on: chart.yScale) {
                cover(&yRange, value)
            }
        }
        var parts = chart.series.map { series in
            series.points.split { !ChartAxis.shows($0.x, on: .linear) || !ChartAxis.shows($0.y, on: chart.yScale) }
        }
        for (index, series) in chart.series.enumerated() {
            for point in parts[index].joined() {
                cover(&xRange, point.x)
                cover(&yRange, point.y)
            }
            if series.mark == .points { pointCount += parts[index].reduce(0) { $0 + $1.count } }
        }
        for (index, series) in chart.series.enumerated() {
            let count = parts[index].reduce(0) { $0 + $1.count }
            var kept: [[ChartPoint]]
            switch series.mark {
            case .line:
                // A line of nothing but gaps is points, and those are thinned too.
                kept = PointThinning.points(parts[index], cap: Self.lineCap).map {
                    PointThinning.line(Array($0), cap: Self.lineCap * $0.count / count)
                }
            case .centers:
                kept = [Array(parts[index].joined())]
            case .points:
                // Each series its share, and one at least.
                let cap = pointCount > Self.pointCap ? max(1, Self.pointCap * count / pointCount) : count
                kept = [PointThinning.points(Array(parts[index].joined()), cap: cap)]
                shownCount += kept[0].count
            }
            parts[index] = []
            self.series.append(
                Series(mark: series.mark, style: ChartStyle(category: series.category ?? index), parts: kept))
        }
    }

    private static func shown(_ range: ClosedRange<Double>?, on scale: Chart.Scale) -> ClosedRange<Double>? {
        range.flatMap {
            ChartAxis.shows($0.lowerBound, on: scale) && ChartAxis.shows($0.upperBound, on: scale) ? $0 : nil
        }
    }

    private func cover(_ range: inout ClosedRange<Double>?, _ value: Double) {
        range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
}
