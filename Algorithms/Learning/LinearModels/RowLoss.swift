import GyreLearning

/// The loss of a row by its score, the number that a linear model gives it: convex, with a derivative.
protocol RowLoss: Sendable {
    /// The algorithm's name, for errors and checkpoints.
    static var algorithm: String { get }

    /// Replaces each score by the loss's derivative there, times the row's weight; answers the sum of the losses, each
    /// times its weight.
    ///
    /// - Parameter weights: nil where each is 1.
    static func evaluate(
        _ scores: UnsafeMutablePointer<Double>, labels: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
        count: Int
    ) -> Double

    /// What the labels alone say of scores that are the same for all rows.
    ///
    /// - Parameters:
    ///   - mean: the labels' mean, by which the best such score is found; nil where the score has to be zero.
    ///   - square: the mean square of what labels differ from `mean`, or from zero.
    /// - Returns: nil where no finite score is best.
    static func start(mean: Double?, square: Double) -> LossStart?
}

/// Where an optimiser begins: all rows have one score.
struct LossStart {
    var score: Double
    /// The mean loss.
    var loss: Double
    /// The loss's mean second derivative.
    var curvature: Double
}
