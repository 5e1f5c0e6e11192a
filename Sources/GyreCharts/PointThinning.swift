/// What is left of more points than a chart can show: the same of the same points, so that charts do not differ from one
/// run to the next.
package enum PointThinning {
    /// Every n-th point, n being as small as the cap allows, and not whole.
    package static func points<Point>(_ points: [Point], cap: Int) -> [Point] {
        guard points.count > cap else { return points }
        return (0..<cap).map { points[$0 * points.count / cap] }
    }

    /// Of each run of successive points the first, the lowest, the highest and the last, in their order: a line through
    /// them covers what the whole line covers, but for a pixel or so.
    ///
    /// After Jugel, Jerzak, Hackenbroich and Markl, "M4: a visualization-oriented time series data aggregation" (2014),
    /// whose runs are pixel columns.
    package static func line(_ points: [ChartPoint], cap: Int) -> [ChartPoint] {
        guard points.count > cap else { return points }
        let runs = max(1, cap / 4)
        var kept: [ChartPoint] = []
        for run in 0..<runs {
            let range = (run * points.count / runs)..<((run + 1) * points.count / runs)
            guard let first = range.first, let last = range.last else { continue }
            let low = range.min { points[$0].y < points[$1].y } ?? first
            let high = range.max { points[$0].y < points[$1].y } ?? first
            var previous = -1
            for index in [first, min(low, high), max(low, high), last] where index > previous {
                kept.append(points[index])
                previous = index
            }
        }
        return kept
    }
}
