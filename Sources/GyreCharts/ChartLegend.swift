/// What the legend says: an entry for each series and reference that has a name, where there are two or more.
enum ChartLegend {
    enum Sample: Equatable {
        case series(ChartSeries.Mark, ChartStyle)
        case reference
        /// Text alone.
        case none
    }

    struct Entry: Equatable {
        var name: String
        var sample: Sample
    }

    /// The longest name, in pixels.
    private static let nameWidth = 150.0

    static func entries(of chart: Chart) -> [Entry] {
        var entries = chart.series.enumerated().compactMap { index, series in
            series.name.map { name in
                Entry(
                    name: fitted(name),
                    sample: .series(series.mark, ChartStyle(category: series.category ?? index)))
            }
        }
        entries += chart.references.compactMap { reference in
            reference.name.map { Entry(name: fitted($0), sample: .reference) }
        }
        if entries.count < 2 { return [] }
        let most = ChartLayout.legendEntries
        if entries.count <= most { return entries }
        return entries.prefix(most - 1) + [Entry(name: "and \(entries.count - most + 1) more", sample: .none)]
    }

    private static func fitted(_ name: String) -> String {
        ChartLayout.fitted(name, size: ChartLayout.labelSize, width: nameWidth)
    }
}
