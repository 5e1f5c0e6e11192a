/// A fitted transformer that can be kept as files and made again of them: what it says of rows stays the same to the bit.
public protocol PersistentTransformer: Transformer {
    /// The algorithm's kebab-case name, in `model.json` and at the command line.
    static var algorithm: String { get }

    var record: ModelRecord { get }

    /// - Throws: `ModelError.badWeights` where the record's tensors are not the algorithm's.
    init(record: ModelRecord) throws(ModelError)
}

/// A persistent transformer that can stand before others.
public protocol PersistentFeatureTransformer: PersistentTransformer, FeatureTransformer {}

/// A fitted estimator that scores rows.
public protocol Model: PersistentTransformer where Output == Predictions {
    static var task: LearningTask { get }
}

extension PersistentTransformer {
    /// Saves the model as a folder, in place of an older model if there is one.
    ///
    /// - Throws: `FormatError` where the folder cannot be made or written; then what stood there stays.
    public func save(to path: String) throws {
        try ModelFolder(creatingAt: path).write(record)
    }

    /// Loads a model from its folder.
    ///
    /// - Throws: `ModelError`: what is missing, damaged, newer, or of another algorithm.
    public static func load(from path: String) throws(ModelError) -> Self {
        let record = try ModelFolder.read(path)
        guard record.algorithm == algorithm else {
            throw .otherAlgorithm(path: path, expected: algorithm, found: record.algorithm)
        }
        return try Self(record: record)
    }
}
