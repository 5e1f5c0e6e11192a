import Foundation

extension Collection where Element == Double {
    var median: Double {
        let values = sorted()
        guard !values.isEmpty else { return .nan }
        let middle = values.count / 2
        return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
    }

    /// Median, least and most.
    var spread: String { "\(median.short) (\((self.min() ?? .nan).short)–\((self.max() ?? .nan).short))" }
}

extension Double {
    /// Three or four digits that count.
    var short: String { String(format: "%.4g", self) }
}

/// How busy the machine is.
enum Load {
    /// The average of the last minute: a row measured above about 0.5 of its own threads deserves another run.
    static var average: String {
        (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8).split(separator: " ").first.map(String.init))
            ?? "?"
    }
}
