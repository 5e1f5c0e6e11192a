public import GyreLearning

/// The models of this library, by the names of their algorithms.
public enum StandardModels {
    public static let types: [any Model.Type] = [
        KMeansModel.self, LinearRegressionModel.self, LogisticRegressionModel.self,
    ]

    /// Loads a model of whichever algorithm.
    ///
    /// - Throws: `ModelError`: what is missing, damaged, newer, or of an algorithm that is not known here.
    public static func load(from path: String) throws(ModelError) -> any Model {
        let record = try ModelFolder.read(path)
        guard let type = types.first(where: { $0.algorithm == record.algorithm }) else {
            let known = types.map { $0.algorithm }.joined(separator: ", ")
            throw .otherAlgorithm(path: path, expected: known, found: record.algorithm)
        }
        return try type.init(record: record)
    }
}
