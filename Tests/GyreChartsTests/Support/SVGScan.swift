import GyreCharts

/// What a drawing of ours holds, read from its text.
struct SVGScan {
    struct Place: Hashable {
        var x: Double
        var y: Double
    }

    struct Frame {
        var minX = Double.infinity
        var maxX = -Double.infinity
        var minY = Double.infinity
        var maxY = -Double.infinity

        func holds(_ place: Place) -> Bool {
            minX - 0.011...maxX + 0.011 ~= place.x && minY - 0.011...maxY + 0.011 ~= place.y
        }
    }

    /// The texts, in order, as they read.
    private(set) var labels: [String] = []
    private(set) var circles: [Place] = []
    /// The points of each line of a series with more than one.
    private(set) var lines: [[Place]] = []
    /// What the grid spans.
    private(set) var frame = Frame()
    /// Whether tags close in order, attributes are quoted, and text is escaped.
    private(set) var isWellFormed = true

    /// Everything that marks data, the legend's samples left out.
    var marks: [[Place]] { lines + [circles.filter { $0.x <= frame.maxX + 5 }] }

    init(_ text: String) {
        var open: [Substring] = []
        for line in text.split(separator: "\n") {
            var rest = line[...]
            while let start = rest.firstIndex(of: "<") {
                check(rest[..<start])
                guard let end = rest.firstIndex(of: ">") else {
                    isWellFormed = false
                    return
                }
                let tag = rest[rest.index(after: start)..<end]
                if tag.hasPrefix("/") {
                    if open.popLast() != tag.dropFirst() { isWellFormed = false }
                } else if !tag.hasSuffix("/") {
                    open.append(tag.prefix { $0 != " " })
                }
                if tag.count(where: { $0 == "\"" }) % 2 != 0 { isWellFormed = false }
                read(tag)
                rest = rest[rest.index(after: end)...]
                if tag.hasPrefix("text") {
                    let label = String(rest.prefix { $0 != "<" })
                    labels.append(
                        label.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&"))
                }
            }
            check(rest)
        }
        if !open.isEmpty { isWellFormed = false }
    }

    private mutating func check(_ text: Substring) {
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !["lt;", "gt;", "amp;", "quot;"].contains(where: { part.hasPrefix($0) }) {
            isWellFormed = false
        }
        if text.contains(">") { isWellFormed = false }
    }

    private mutating func read(_ tag: Substring) {
        if tag.hasPrefix("circle"), let x = number("cx", tag), let y = number("cy", tag) {
            circles.append(Place(x: x, y: y))
        } else if tag.hasPrefix("path"), let path = attribute("d", tag) {
            if tag.contains("stroke=\"#E6E8EB\"") {
                readGrid(path)
            } else if tag.contains("stroke-width=\"2.25\"") {
                let places = path.split { $0 == "M" || $0 == "L" }.map { pair in
                    let numbers = pair.split(separator: " ").compactMap { Double($0) }
                    return Place(x: numbers.first ?? .nan, y: numbers.last ?? .nan)
                }
                // The legend's samples are drawn as lines too, beside the frame.
                if places.allSatisfy({ $0.x <= frame.maxX + 5 }) { lines.append(places) }
            }
        }
    }

    private mutating func readGrid(_ path: Substring) {
        for part in path.split(separator: "M") {
            let numbers = part.split { "HV ".contains($0) }.compactMap { Double($0) }
            guard numbers.count == 3 else { continue }
            let (x, y) = (numbers[0], numbers[1])
            let end = Place(x: part.contains("H") ? numbers[2] : x, y: part.contains("V") ? numbers[2] : y)
            frame.minX = min(frame.minX, x)
            frame.maxX = max(frame.maxX, end.x)
            frame.minY = min(frame.minY, y)
            frame.maxY = max(frame.maxY, end.y)
        }
    }

    private func number(_ name: String, _ tag: Substring) -> Double? {
        attribute(name, tag).flatMap { Double($0) }
    }

    private func attribute(_ name: String, _ tag: Substring) -> Substring? {
        guard let range = tag.firstRange(of: " \(name)=\"") else { return nil }
        return tag[range.upperBound...].prefix { $0 != "\"" }
    }
}
