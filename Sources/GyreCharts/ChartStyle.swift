/// How a category looks. Colours first, then shapes and dashes, so that 28 categories can be told apart, and the first
/// seven also by those who see fewer colours.
struct ChartStyle: Equatable {
    enum Shape: CaseIterable {
        case circle, square, triangle, diamond
    }

    let color: String
    let shape: Shape
    /// As `stroke-dasharray`; nil for a whole line.
    let dashes: String?

    init(category: Int) {
        let category = category.magnitude
        color = Self.colors[Int(category % UInt(Self.colors.count))]
        let round = Int(category / UInt(Self.colors.count) % 4)
        shape = Shape.allCases[round]
        dashes = [nil, "7 4", "2 3", "9 3 2 3"][round]
    }

    /// Okabe and Ito, "Color Universal Design" (2008), but for its yellow, which white paper swallows; in the order of
    /// their contrast to each other.
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#333333"]

    static let ink = "#1F2328"
    static let softInk = "#59636E"
    static let grid = "#E6E8EB"
    static let frame = "#8C959F"
    static let reference = "#6E7781"
    static let font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
}
