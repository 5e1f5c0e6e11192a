/// Where the parts of a chart are, in pixels of a drawing 480 high.
struct ChartLayout {
    static let height = 480.0
    /// Of titles and labels, in pixels.
    static let titleSize = 17.0
    static let labelSize = 12.0
    /// The most entries that the legend has room for.
    static let legendEntries = 18
    static let legendLine = 20.0

    let width: Double
    let left: Double
    let right: Double
    let top = 76.0
    let bottom = 424.0
    let xAxis: ChartAxis
    let yAxis: ChartAxis
    /// Where the legend begins; nil where there is none.
    let legendLeft: Double?

    init(_ chart: Chart, _ content: ChartContent, legend: [ChartLegend.Entry]) {
        yAxis = ChartAxis(covering: content.yRange, scale: chart.yScale, most: chart.yScale == .linear ? 6 : 8)
        let labels = yAxis.ticks.map { Self.width(of: $0.label, size: Self.labelSize) }.max() ?? 0
        left = (24 + labels + 10).rounded()
        let legendWidth = legend.map { Self.width(of: $0.name, size: Self.labelSize) }.max().map { $0 + 28 } ?? 0
        let gap = legend.isEmpty ? 28.0 : 24 + legendWidth.rounded(.up) + 20
        let frame = chart.isSquare ? bottom - top : 760 - gap - left
        // The last label is centred below the frame's end, half of it beyond.
        let axis = Self.xAxis(chart, content, width: frame)
        let beyond = axis.ticks.last.map { Self.width(of: $0.label, size: Self.labelSize) / 2 + 12 } ?? 0
        if chart.isSquare {
            right = left + frame
            width = right + max(gap, beyond)
        } else {
            width = 760
            right = width - max(gap, beyond.rounded(.up))
        }
        legendLeft = legend.isEmpty ? nil : right + 24
        xAxis = Self.xAxis(chart, content, width: right - left)
    }

    /// As many ticks as their labels have room for side by side.
    private static func xAxis(_ chart: Chart, _ content: ChartContent, width: Double) -> ChartAxis {
        var most = chart.isSquare ? 6 : 9
        while true {
            let axis = ChartAxis(covering: content.xRange, scale: .linear, most: most, isCounted: chart.isXCounted)
            let widest = axis.ticks.map { self.width(of: $0.label, size: labelSize) }.max() ?? 0
            if most == 1 || (widest + 16) * Double(axis.ticks.count - 1) <= width { return axis }
            most -= 1
        }
    }

    func x(_ value: Double) -> Double { left + xAxis.position(of: value) * (right - left) }

    func y(_ value: Double) -> Double { bottom - yAxis.position(of: value) * (bottom - top) }

    /// A guess, since fonts differ: half the size a letter is right for most of them.
    static func width(of text: String, size: Double) -> Double {
        text.reduce(0) { $0 + ($1 == "\u{2009}" || $1 == "." ? 0.28 : 0.57) * size }
    }

    /// As much of a text as a width has room for.
    static func fitted(_ text: String, size: Double, width: Double) -> String {
        if self.width(of: text, size: size) <= width { return text }
        var kept = ""
        for letter in text {
            if self.width(of: kept, size: size) + size > width { break }
            kept.append(letter)
        }
        return kept + "…"
    }
}
