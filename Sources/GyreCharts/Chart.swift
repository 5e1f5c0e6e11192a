/// A chart of lines and points over two numeric axes, as a value; `svg()` draws it.
///
/// Values that are NaN or infinite, and on a logarithmic axis those that are not positive, are left out, and a line has a
/// gap there. So are values beyond ±10³⁰⁰, of which no axis could be made. The same chart gives the same text.
public struct Chart: Equatable, Sendable {
    public enum Scale: Equatable, Sendable {
        case linear
        case log10
    }

    public var title: String
    public var xTitle: String
    public var yTitle: String
    public var yScale: Scale
    /// Drawn in this order, the first lowest.
    public var series: [ChartSeries]
    public var references: [ChartReference]
    /// What the axes show in any case, besides all values; nil: the values alone.
    public var xCoverage: ClosedRange<Double>?
    public var yCoverage: ClosedRange<Double>?
    /// Whether x is counted: ticks then are whole numbers.
    public var isXCounted: Bool
    /// Whether the frame is a square, as it should be where both axes are shares.
    public var isSquare: Bool

    public init(
        title: String, xTitle: String, yTitle: String, yScale: Scale = .linear, series: [ChartSeries],
        references: [ChartReference] = [], xCoverage: ClosedRange<Double>? = nil,
        yCoverage: ClosedRange<Double>? = nil, isXCounted: Bool = false, isSquare: Bool = false
    ) {
        self.title = title
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.yScale = yScale
        self.series = series
        self.references = references
        self.xCoverage = xCoverage
        self.yCoverage = yCoverage
        self.isXCounted = isXCounted
        self.isSquare = isSquare
    }
}

/// A point in the units of the axes.
public struct ChartPoint: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// Points that are drawn in one way.
public struct ChartSeries: Equatable, Sendable {
    public enum Mark: Equatable, Sendable {
        /// From point to point, in their order.
        case line
        /// A small mark a point.
        case points
        /// A large mark a point: what stands out from other points.
        case centers
    }

    /// As the legend has it; nil for what needs no entry.
    public var name: String?
    public var mark: Mark
    public var points: [ChartPoint]
    /// Which colour, and shape or dashes; nil: the place among the chart's series. Series of one category look alike.
    public var category: Int?

    public init(name: String? = nil, mark: Mark, points: [ChartPoint], category: Int? = nil) {
        self.name = name
        self.mark = mark
        self.points = points
        self.category = category
    }
}

/// A thin dashed line to compare with.
public struct ChartReference: Equatable, Sendable {
    public enum Line: Equatable, Sendable {
        /// y = x; only where both axes are linear.
        case diagonal
        /// One y for every x, which the axis then shows.
        case horizontal(Double)
    }

    public var line: Line
    /// As the legend has it; nil for what needs no entry.
    public var name: String?

    public init(_ line: Line, name: String? = nil) {
        self.line = line
        self.name = name
    }
}
