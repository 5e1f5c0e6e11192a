extension Chart {
    /// The chart as an SVG document. Linear in the number of points; the text of thousands of them is about 150 KB at
    /// most, since more than 4,000 points and 2,000 of a line are thinned.
    public func svg() -> String {
        let content = ChartContent(self)
        let legend = ChartLegend.entries(of: self)
        let layout = ChartLayout(self, content, legend: legend)
        var drawing = SVGText()
        let size = "\(ChartNumber.coordinate(layout.width)) \(ChartNumber.coordinate(ChartLayout.height))"
        drawing.line(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" "
                + "width=\"\(ChartNumber.coordinate(layout.width))\" "
                + "height=\"\(ChartNumber.coordinate(ChartLayout.height))\" role=\"img\" "
                + "font-family=\"\(ChartStyle.font)\">")
        drawing.line("<title>\(SVGText.escaped(title))</title>")
        drawing.line("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>")
        let room = layout.width - layout.left - 20
        drawing.label(
            ChartLayout.fitted(title, size: ChartLayout.titleSize, width: room), x: layout.left, y: 34,
            size: ChartLayout.titleSize, color: ChartStyle.ink, isStrong: true)
        draw(layout, &drawing)
        references.forEach { draw($0, layout, &drawing) }
        let painter = MarkPainter(layout: layout, pointCount: content.shownCount)
        for series in content.series { painter.draw(series, &drawing) }
        if content.isEmpty {
            drawing.label(
                "no data", x: (layout.left + layout.right) / 2, y: (layout.top + layout.bottom) / 2, size: 14,
                anchor: "middle")
        }
        drawLegend(legend, painter, &drawing)
        if content.shownCount < content.pointCount {
            let counts = [content.shownCount, content.pointCount].map { ChartNumber.fixed(Double($0), decimals: 0) }
            drawing.label(
                "\(counts[0]) of \(counts[1]) points shown", x: layout.right, y: layout.top - 10, size: 11,
                anchor: "end")
        }
        drawing.line("</svg>")
        return drawing.text
    }

    /// Grid, axes, ticks and their titles.
    private func draw(_ layout: ChartLayout, _ drawing: inout SVGText) {
        let (left, right) = (ChartNumber.coordinate(layout.left), ChartNumber.coordinate(layout.right))
        let (top, bottom) = (ChartNumber.coordinate(layout.top), ChartNumber.coordinate(layout.bottom))
        var grid = ""
        for tick in layout.yAxis.ticks { grid += "M\(left) \(ChartNumber.coordinate(layout.y(tick.value)))H\(right)" }
        for tick in layout.xAxis.ticks { grid += "M\(ChartNumber.coordinate(layout.x(tick.value))) \(top)V\(bottom)" }
        drawing.line("<path d=\"\(grid)\" stroke=\"\(ChartStyle.grid)\" fill=\"none\"/>")
        drawing.line("<path d=\"M\(left) \(bottom)H\(right)\" stroke=\"\(ChartStyle.frame)\" fill=\"none\"/>")
        for tick in layout.yAxis.ticks {
            drawing.label(tick.label, x: layout.left - 10, y: layout.y(tick.value) + 4, anchor: "end")
        }
        for tick in layout.xAxis.ticks {
            drawing.label(tick.label, x: layout.x(tick.value), y: layout.bottom + 20, anchor: "middle")
        }
        drawing.label(yTitle, x: layout.left, y: layout.top - 16, size: 13, color: ChartStyle.ink)
        drawing.label(
            xTitle, x: (layout.left + layout.right) / 2, y: layout.bottom + 44, size: 13, anchor: "middle",
            color: ChartStyle.ink)
    }

    private func draw(_ reference: ChartReference, _ layout: ChartLayout, _ drawing: inout SVGText) {
        let path: String
        switch reference.line {
        case .horizontal(let value):
            guard ChartAxis.shows(value, on: yScale) else { return }
            path = MarkPainter.path(from: (layout.left, layout.y(value)), to: (layout.right, layout.y(value)))
        case .diagonal:
            guard yScale == .linear else { return }
            let (x, y) = (layout.xAxis.range, layout.yAxis.range)
            let (low, high) = (max(x.lowerBound, y.lowerBound), min(x.upperBound, y.upperBound))
            guard low < high else { return }
            path = MarkPainter.path(from: (layout.x(low), layout.y(low)), to: (layout.x(high), layout.y(high)))
        }
        drawing.line(MarkPainter.reference(path))
    }

    private func drawLegend(_ entries: [ChartLegend.Entry], _ painter: MarkPainter, _ drawing: inout SVGText) {
        guard let left = painter.layout.legendLeft else { return }
        for (row, entry) in entries.enumerated() {
            let y = painter.layout.top + 8 + Double(row) * ChartLayout.legendLine
            painter.drawSample(entry.sample, x: left, y: y, &drawing)
            drawing.label(entry.name, x: left + 28, y: y + 4, color: ChartStyle.ink)
        }
    }
}
