import Foundation
import Gyre

/// The text of a progress bar, as a value.
enum ProgressLine {
    static func round(_ round: LoopRound, of most: Int?, seconds: Double) -> String {
        var parts = [
            most.map { "\(bar(Double(round.number) / Double($0))) round \(round.number)/\($0)" }
                ?? "round \(round.number)"
        ]
        if round.aggregators.isEmpty {
            parts.append("workset \(round.workset)")
            parts.append("changed \(round.changed)")
        }
        for (name, value) in round.aggregators.sorted(by: { $0.key < $1.key }) {
            parts.append("\(name) \(String(format: "%.3e", value))")
        }
        parts.append(time(seconds))
        return parts.joined(separator: "  ")
    }

    static func resumed(afterRound round: Int, seconds: Double) -> String {
        "resumed after round \(round)  \(time(seconds))"
    }

    static func rows(_ done: Int, of total: Int, seconds: Double) -> String {
        "\(bar(total == 0 ? 1 : Double(done) / Double(total))) \(done)/\(total) rows  \(time(seconds))"
    }

    static func time(_ seconds: Double) -> String {
        String(format: "%.2f s", seconds)
    }

    private static func bar(_ share: Double) -> String {
        let width = 20
        let done = Int(min(max(share, 0), 1) * Double(width))
        return "[" + String(repeating: "=", count: done) + String(repeating: " ", count: width - done) + "]"
    }
}
