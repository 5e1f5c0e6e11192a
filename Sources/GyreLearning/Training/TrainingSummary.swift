/// How a training went, as a model remembers it.
public struct TrainingSummary: Codable, Equatable, Sendable {
    public var rounds: Int
    /// False where it ended after the most rounds.
    public var isConverged: Bool
    /// The figures of the last round.
    public var figures: [String: Double]

    public init(rounds: Int, isConverged: Bool, figures: [String: Double]) {
        self.rounds = rounds
        self.isConverged = isConverged
        self.figures = figures
    }

    /// All of it as numbers by name; `converged` is 0 or 1.
    public var metrics: [String: Double] {
        figures.merging(["rounds": Double(rounds), "converged": isConverged ? 1 : 0]) { figure, _ in figure }
    }

    /// Reads `metrics` back; nil where they are of no training.
    public init?(metrics: [String: Double]) {
        guard let rounds = metrics["rounds"].flatMap({ Int(exactly: $0) }), let converged = metrics["converged"] else {
            return nil
        }
        self.init(
            rounds: rounds, isConverged: converged == 1,
            figures: metrics.filter { $0.key != "rounds" && $0.key != "converged" })
    }
}

extension Trained {
    public var summary: TrainingSummary {
        TrainingSummary(rounds: rounds, isConverged: isConverged, figures: figures)
    }
}
