/// Draws the marks of series, in the chart and in its legend.
struct MarkPainter {
    let layout: ChartLayout
    /// The radius of a small mark: smaller where there are many.
    private let radius: Double
    private let opacity: String

    /// - Parameter pointCount: how many small marks there will be.
    init(layout: ChartLayout, pointCount: Int) {
        self.layout = layout
        radius = pointCount > 1_000 ? 2 : pointCount > 200 ? 2.5 : 3.5
        opacity = pointCount > 1_000 ? "0.45" : pointCount > 200 ? "0.6" : "0.8"
    }

    func draw(_ series: ChartContent.Series, _ drawing: inout SVGText) {
        switch series.mark {
        case .line:
            // A few points are worth to be seen.
            let showsPoints = series.parts.reduce(0) { $0 + $1.count } <= 30
            for part in series.parts { drawLine(part, series.style, showsPoints, &drawing) }
        case .points: drawPoints(series.parts.flatMap { $0 }, series.style, &drawing)
        case .centers: for point in series.parts.joined() { drawCenter(place(point), series.style, &drawing) }
        }
    }

    func drawSample(_ sample: ChartLegend.Sample, x: Double, y: Double, _ drawing: inout SVGText) {
        switch sample {
        case .none: break
        case .reference: drawing.line(Self.reference(Self.path(from: (x, y), to: (x + 20, y))))
        case .series(.line, let style): drawing.line(Self.line(Self.path(from: (x, y), to: (x + 20, y)), style))
        case .series(.points, let style):
            drawing.line(Self.shape(style.shape, (x + 10, y), radius: 4.5, " fill=\"\(style.color)\""))
        case .series(.centers, let style): drawCenter((x + 10, y), style, &drawing)
        }
    }

    static func path(from start: (Double, Double), to end: (Double, Double)) -> String {
        "M\(pair(start))L\(pair(end))"
    }

    static func reference(_ path: String) -> String {
        "<path d=\"\(path)\" stroke=\"\(ChartStyle.reference)\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\" "
            + "fill=\"none\"/>"
    }

    private static func line(_ path: String, _ style: ChartStyle) -> String {
        let dashes = style.dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        return "<path d=\"\(path)\" stroke=\"\(style.color)\" stroke-width=\"2.25\" stroke-linejoin=\"round\" "
            + "stroke-linecap=\"round\"\(dashes) fill=\"none\"/>"
    }

    private func drawLine(_ points: [ChartPoint], _ style: ChartStyle, _ showsPoints: Bool, _ drawing: inout SVGText) {
        var path = ""
        var last = ""
        var count = 0
        for point in points {
            let pair = Self.pair(place(point))
            if pair == last { continue }
            path += (path.isEmpty ? "M" : "L") + pair
            last = pair
            count += 1
        }
        if count > 1 { drawing.line(Self.line(path, style)) }
        // One point alone is no line.
        if showsPoints || count == 1 {
            for point in showsPoints ? points : Array(points.prefix(1)) {
                drawing.line(Self.shape(style.shape, place(point), radius: 3.5, " fill=\"\(style.color)\""))
            }
        }
    }

    private func drawPoints(_ points: [ChartPoint], _ style: ChartStyle, _ drawing: inout SVGText) {
        if points.isEmpty { return }
        drawing.line("<g fill=\"\(style.color)\" fill-opacity=\"\(opacity)\">")
        for point in points { drawing.line(Self.shape(style.shape, place(point), radius: radius, "")) }
        drawing.line("</g>")
    }

    /// Large, in its colour, between two rings that keep it apart from what lies below.
    private func drawCenter(_ place: (Double, Double), _ style: ChartStyle, _ drawing: inout SVGText) {
        drawing.line(Self.shape(style.shape, place, radius: 9.5, " fill=\"\(ChartStyle.ink)\""))
        drawing.line(
            Self.shape(
                style.shape, place, radius: 7, " fill=\"\(style.color)\" stroke=\"#FFFFFF\" stroke-width=\"2\""))
    }

    private func place(_ point: ChartPoint) -> (Double, Double) { (layout.x(point.x), layout.y(point.y)) }

    /// Shapes of about one area, whatever their form.
    private static func shape(
        _ shape: ChartStyle.Shape, _ center: (Double, Double), radius: Double, _ attributes: String
    ) -> String {
        let c = ChartNumber.coordinate
        let (x, y) = center
        switch shape {
        case .circle: return "<circle cx=\"\(c(x))\" cy=\"\(c(y))\" r=\"\(c(radius))\"\(attributes)/>"
        case .square:
            let side = radius * 1.8
            return
                "<path d=\"M\(c(x - side / 2)) \(c(y - side / 2))h\(c(side))v\(c(side))h\(c(-side))z\"\(attributes)/>"
        case .triangle:
            let (half, height) = (radius * 1.25, radius * 2.2)
            return "<path d=\"M\(c(x)) \(c(y - height * 0.6))l\(c(half)) \(c(height))h\(c(-2 * half))z\"\(attributes)/>"
        case .diamond:
            let half = radius * 1.3
            return "<path d=\"M\(c(x)) \(c(y - half))l\(c(half)) \(c(half))l\(c(-half)) \(c(half))l\(c(-half)) "
                + "\(c(-half))z\"\(attributes)/>"
        }
    }

    private static func pair(_ place: (Double, Double)) -> String {
        "\(ChartNumber.coordinate(place.0)) \(ChartNumber.coordinate(place.1))"
    }
}
