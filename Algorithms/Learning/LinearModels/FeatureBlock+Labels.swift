import Gyre
import GyreLearning

extension FeatureBlock {
    /// The labels as numbers.
    func numericLabels() throws(LearningError) -> ArraySlice<Double> {
        switch labels {
        case nil: throw .noLabel
        case .numbers(let values): values
        case .texts: throw .labelIsText(column: "label")
        }
    }
}
