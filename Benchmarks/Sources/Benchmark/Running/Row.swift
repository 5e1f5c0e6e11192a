/// A row of the table of goals: one command that makes its data, runs, checks values and says figures.
protocol Row: Sendable {
    var name: String { get }
    var summary: String { get }
    /// - Throws: where something does not run, or where values differ.
    func run(_ settings: Settings) throws -> [Figure]
}

/// A figure with its goal.
struct Figure {
    var name: String
    var value: Double
    var unit: String
    /// The most that the value may be; nil where it is only reported.
    var goal: Double?
    /// Whether the value has to be at least the goal instead.
    var isFloor = false

    func line(judged: Bool) -> String {
        let text = "   \(name): \(value.short) \(unit)"
        guard judged, let goal else { return text }
        let isReached = isFloor ? value >= goal : value <= goal
        return text + "   goal \(isFloor ? "≥" : "≤") \(goal.short): \(isReached ? "reached" : "NOT REACHED")"
    }
}
