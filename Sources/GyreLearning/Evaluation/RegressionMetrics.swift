/// How well predicted numbers fit labels.
public struct RegressionMetrics: Codable, Equatable, Sendable {
    /// The rows' weight.
    public let weight: Double
    /// √(Σ w·(label − prediction)² ÷ Σ w).
    public let rootMeanSquaredError: Double
    /// Σ w·|label − prediction| ÷ Σ w.
    public let meanAbsoluteError: Double
    /// 1 − Σ w·(label − prediction)² ÷ Σ w·(label − mean of labels)², the share of the labels' variance that predictions
    /// explain. Of constant labels 1 where all predictions are right, else 0.
    public let determination: Double

    /// Sums in the order of the rows, with compensation, so that another order changes hardly a bit.
    ///
    /// - Parameter weights: nil where each is 1.
    /// - Throws: `LearningError.noRows`, `.noWeight`.
    /// - Precondition: as many predictions and weights as labels.
    public init(
        labels: [Double], predictions: [Double], weights: [Double]? = nil
    ) throws(LearningError) {
        precondition(labels.count == predictions.count, "\(predictions.count) predictions for \(labels.count) labels")
        precondition(
            weights.map { $0.count == labels.count } ?? true,
            "\(weights?.count ?? 0) weights for \(labels.count) labels")
        guard !labels.isEmpty else { throw .noRows }
        let weights = weights ?? Array(repeating: 1, count: labels.count)
        var (total, labelSum) = (CompensatedSum(), CompensatedSum())
        for (label, weight) in zip(labels, weights) {
            total.add(weight)
            labelSum.add(weight * label)
        }
        guard total.value > 0 else { throw .noWeight }
        let mean = labelSum.value / total.value
        var (squares, magnitudes, variance) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for ((label, prediction), weight) in zip(zip(labels, predictions), weights) {
            let error = label - prediction
            squares.add(weight * error * error)
            magnitudes.add(weight * abs(error))
            variance.add(weight * (label - mean) * (label - mean))
        }
        weight = total.value
        rootMeanSquaredError = (squares.value / total.value).squareRoot()
        meanAbsoluteError = magnitudes.value / total.value
        if variance.value > 0 {
            determination = 1 - squares.value / variance.value
        } else {
            determination = squares.value == 0 ? 1 : 0
        }
    }
}
