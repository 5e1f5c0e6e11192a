import GyreFormats
import GyreLearning

/// Predictions as columns of a result.
enum PredictionColumns {
    static func of(_ predictions: [Predictions], task: LearningTask) -> (names: [String], columns: [ResultValues]) {
        var numbers: [Double] = []
        var texts: [String] = []
        var probabilities: [Double] = []
        for block in predictions {
            switch block.values {
            case .numbers(let values): numbers += values
            case .texts(let values): texts += values
            }
            if let own = block.probabilities { probabilities += own }
        }
        let values: ResultValues = texts.isEmpty ? column(numbers, task: task) : .strings(texts)
        return task == .classification
            ? (["prediction", "probability"], [values, .doubles(probabilities)]) : (["prediction"], [values])
    }

    /// Classes and clusters that are whole numbers are written as such.
    private static func column(_ numbers: [Double], task: LearningTask) -> ResultValues {
        guard task != .regression else { return .doubles(numbers) }
        let whole = numbers.compactMap { Int64(exactly: $0) }
        return whole.count == numbers.count ? .integers(whole) : .doubles(numbers)
    }
}
