import Foundation
import GyreCharts
import Testing

/// What is drawn.
struct ChartTests {
    /// GYRE_UPDATE_GOLDEN=1 writes the file anew.
    @Test("The text of a small chart")
    func golden() throws {
        let chart = Chart(
            title: "A & B", xTitle: "x", yTitle: "y < 1",
            series: [
                ChartSeries(
                    name: "line", mark: .line, points: [ChartPoint(0, 0), ChartPoint(1, 0.5), ChartPoint(2, 1)]),
                ChartSeries(name: "points", mark: .points, points: [ChartPoint(0.5, 0.75)]),
            ], references: [ChartReference(.horizontal(0.5))], isXCounted: true)
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Golden/small.svg")
        if ProcessInfo.processInfo.environment["GYRE_UPDATE_GOLDEN"] != nil {
            try Data(chart.svg().utf8).write(to: file)
        }
        #expect(try chart.svg() == String(contentsOf: file, encoding: .utf8))
        #expect(SVGScan(chart.svg()).isWellFormed)
    }

    @Test("What was read of a chart is what it was made of: empty, one point, one value, nothing finite")
    func smallest() {
        let empty = Chart.residuals(points: [])
        #expect(empty.svg().contains(">no data<"))
        let one = SVGScan(Chart.convergence(losses: [5]).svg())
        #expect(one.circles.count == 1 && one.labels.contains("1") && one.labels.contains("5.0"))
        let constant = SVGScan(Chart.convergence(losses: [2, 2, 2]).svg())
        #expect(Set(constant.circles.map(\.y)).count == 1 && constant.circles.count == 3)
        let zero = SVGScan(Chart.convergence(losses: [0, 0]).svg())
        #expect(zero.circles.count == 2 && zero.labels.contains("0.0"))
        let nothing = Chart.residuals(points: [ChartPoint(.nan, 1), ChartPoint(1, .infinity), ChartPoint(1e301, 0)])
        #expect(nothing.svg().contains(">no data<"))
        for chart in [empty, nothing] { #expect(SVGScan(chart.svg()).circles.isEmpty) }
    }

    @Test("A value that cannot be shown leaves a gap in its line")
    func gaps() {
        let losses: [Double] = [1, 2, .nan, 3, 4, .infinity, 5]
        let drawing = SVGScan(Chart.convergence(losses: losses).svg())
        #expect(drawing.lines.map(\.count) == [2, 2])
        #expect(drawing.circles.count == 5)
        let logarithmic = Chart(
            title: "", xTitle: "", yTitle: "", yScale: .log10,
            series: [
                ChartSeries(
                    mark: .line, points: [ChartPoint(0, 1), ChartPoint(1, 10), ChartPoint(2, 0), ChartPoint(3, -1)])
            ])
        #expect(SVGScan(logarithmic.svg()).lines.map(\.count) == [2])
        #expect(SVGScan(logarithmic.svg()).circles.count == 2)
    }

    @Test("Losses over a power of ten and more are on a logarithmic axis, others not")
    func scales() {
        #expect(Chart.convergence(losses: [10, 1]).yScale == .log10)
        #expect(Chart.convergence(losses: [10, 1.1]).yScale == .linear)
        #expect(Chart.convergence(losses: [10, 0]).yScale == .linear)
        #expect(Chart.convergence(losses: [10, -1]).yScale == .linear)
        #expect(Chart.convergence(losses: [.nan, 10, 1, .infinity]).yScale == .log10)
        #expect(Chart.convergence(losses: []).yScale == .linear)
    }

    @Test("A ROC curve is a square over 0 to 1, with chance as the diagonal")
    func receiverOperatingCharacteristic() {
        let curve = [ChartPoint(0, 0), ChartPoint(0.25, 0.75), ChartPoint(1, 1)]
        let text = Chart.receiverOperatingCharacteristic(curve: curve, area: 0.75).svg()
        let drawing = SVGScan(text)
        #expect(drawing.labels.contains("ROC curve, AUC 0.7500") && drawing.labels.contains("chance"))
        #expect(drawing.frame.maxX - drawing.frame.minX == drawing.frame.maxY - drawing.frame.minY)
        let corners = "M\(drawing.frame.minX) \(drawing.frame.maxY)L\(drawing.frame.maxX) \(drawing.frame.minY)"
        #expect(text.contains("\"\(corners.replacing(".0", with: ""))\" stroke=\"#6E7781\""))
        #expect(Chart.receiverOperatingCharacteristic(curve: [], area: .nan).title == "ROC curve")
    }

    @Test("Clusters have a colour each, and their centres have it too")
    func clusters() {
        let points = (0..<9).map { [ChartPoint(Double($0), 0), ChartPoint(Double($0), 1)] }
        let centers = (0..<9).map { ChartPoint(Double($0), 0.5) }
        let text = Chart.clusters(clusters: points, centers: centers).svg()
        let drawing = SVGScan(text)
        #expect(drawing.labels.contains("cluster 8"))
        #expect(drawing.labels.contains("first principal component"))
        // Seven colours as circles, then squares: two small marks, a sample, a centre of two.
        #expect(drawing.circles.count == 7 * 5)
        #expect(text.split(separator: "#0072B2").count == 1 + 2 * 3)
        let many = SVGScan(
            Chart.clusters(clusters: (0..<40).map { [ChartPoint(Double($0), 1)] }, centers: []).svg())
        #expect(many.labels.contains("cluster 16") && !many.labels.contains("cluster 17"))
        #expect(many.labels.contains("and 23 more"))
    }

    @Test("Any text is a text in XML")
    func escaping() {
        let chart = Chart(
            title: "<script>&\"\u{0}\u{7}\n", xTitle: "a<b", yTitle: "</text>",
            series: [
                ChartSeries(name: "<", mark: .points, points: [ChartPoint(0, 0)]),
                ChartSeries(name: "&amp;", mark: .points, points: [ChartPoint(0, 0)]),
            ])
        let text = chart.svg()
        #expect(SVGScan(text).isWellFormed)
        #expect(text.contains("<title>&lt;script&gt;&amp;&quot;\u{FFFD}\u{FFFD} </title>"))
        #expect(text.contains(">&amp;amp;<") && text.contains(">&lt;/text&gt;<"))
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }

    @Test("A long title is cut")
    func longTitle() {
        let chart = Chart(title: String(repeating: "word ", count: 60), xTitle: "", yTitle: "", series: [])
        #expect(SVGScan(chart.svg()).labels[0].count < 90 && SVGScan(chart.svg()).labels[0].hasSuffix("…"))
    }

    @Test("Random charts stay in their frame, are well formed, and are the same each time")
    func random() {
        for seed in 0..<300 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let chart = RandomChart.chart(&random)
            let text = chart.svg()
            let drawing = SVGScan(text)
            #expect(drawing.isWellFormed, "seed \(seed)")
            #expect(chart.svg() == text, "seed \(seed)")
            #expect(!text.contains("nan") && !text.contains("inf"), "seed \(seed)")
            for mark in drawing.marks.joined() {
                #expect(drawing.frame.holds(mark), "seed \(seed): \(mark) is not in \(drawing.frame)")
            }
        }
    }

    @Test("Of a million points 4000 are shown, and said to be")
    func manyPoints() {
        let points = (0..<1_000_000).map { ChartPoint(Double($0 % 1_009), Double($0 % 997)) }
        let text = Chart.residuals(points: points).svg()
        #expect(SVGScan(text).circles.count == 4_000)
        #expect(text.contains(">4000 of 1\u{2009}000\u{2009}000 points shown<"))
        #expect(text.utf8.count < 200_000)
    }

    @Test("A long line and one of nothing but gaps stay short")
    func longLines() {
        let long = Chart.convergence(losses: (0..<1_000_000).map { Double(($0 * 7_919) % 10_007) }).svg()
        #expect(long.utf8.count < 60_000)
        let gaps = Chart.convergence(losses: (0..<1_000_000).map { $0 % 2 == 0 ? .nan : Double($0) }).svg()
        #expect(SVGScan(gaps).circles.count == 2_000)
    }
}
