/// A drawing in SVG, as it is written.
struct SVGText {
    private(set) var text = ""

    /// A line of markup; what a user wrote has to go through `escaped`.
    mutating func line(_ markup: String) {
        text += markup
        text += "\n"
    }

    /// A text at a place.
    mutating func label(
        _ content: String, x: Double, y: Double, size: Double = ChartLayout.labelSize, anchor: String = "start",
        color: String = ChartStyle.softInk, isStrong: Bool = false
    ) {
        if content.isEmpty { return }
        let weight = isStrong ? " font-weight=\"600\"" : ""
        line(
            "<text x=\"\(ChartNumber.coordinate(x))\" y=\"\(ChartNumber.coordinate(y))\" "
                + "font-size=\"\(ChartNumber.coordinate(size))\" text-anchor=\"\(anchor)\" "
                + "fill=\"\(color)\"\(weight)>\(Self.escaped(content))</text>")
    }

    /// Text in a form that XML allows: markup escaped, characters replaced that XML does not have.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
