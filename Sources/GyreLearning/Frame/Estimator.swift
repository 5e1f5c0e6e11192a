public import Gyre

/// What learns a transformer from rows: parameters as a plain struct, and how they are fitted.
///
/// What every estimator keeps: fitting again gives the same bits, at any parallelism; the order of rows and the cut of
/// blocks change rounding at most; a row of weight 2 counts as two rows; bad parameters and bad rows are refused with a
/// typed error; a run that was stopped goes on from its checkpoint to the same bits.
public protocol Estimator: Sendable {
    associatedtype Fitted: Transformer

    /// - Throws: `LearningError.parameter` for the first parameter that is out of its range.
    func validate() throws(LearningError)

    /// Fits the estimator; blocks the caller.
    ///
    /// - Throws: `LearningError` where parameters or table do not do; `MemoryError`, `CheckpointError`.
    func fit(_ table: FeatureTable, configuration: JobConfiguration) throws -> Fitted
}

/// An estimator that trains within a job: what all are but those that are made of several.
public protocol JobEstimator: Estimator {
    /// Adds the training to a job.
    ///
    /// - Returns: a stream of one row, what was fitted, when the training is over.
    /// - Throws: `LearningError` where parameters or table do not do.
    func training(on table: FeatureTable, in job: Job) throws -> DataStream<Fitted>
}

extension JobEstimator {
    /// Fits the estimator in a job of its own; blocks the caller.
    public func fit(_ table: FeatureTable, configuration: JobConfiguration) throws -> Fitted {
        try training(on: table, in: Job("fit")).onlyRow(configuration)
    }
}

extension Estimator {
    public func validate() throws(LearningError) {}

    /// Fits the estimator on one worker a core.
    public func fit(_ table: FeatureTable) throws -> Fitted {
        try fit(table, configuration: JobConfiguration())
    }

    /// Keeps a stream's blocks in memory, then fits; blocks the caller. Runs the stream's job.
    public func fit(
        _ stream: DataStream<FeatureBlock>, schema: FeatureSchema,
        configuration: JobConfiguration = JobConfiguration()
    ) throws -> Fitted {
        try fit(
            FeatureTable.collect(stream, schema: schema, configuration: configuration), configuration: configuration)
    }
}

/// An estimator that goes on learning while rows come in.
///
/// Each version is complete: a scoring operator that joins events with the newest one needs no other.
public protocol OnlineEstimator: Sendable {
    associatedtype Fitted: Transformer

    /// - Parameter initial: what scores before the first version; nil where there is nothing before.
    /// - Returns: the versions, in order; their number grows by one from `initial`'s.
    func versions(
        of stream: DataStream<FeatureBlock>, startingAt initial: ModelVersion<Fitted>?
    ) throws -> DataStream<ModelVersion<Fitted>>
}

/// A model of an online training.
public struct ModelVersion<Fitted: Sendable>: Sendable {
    /// Counted from 1.
    public var number: UInt64
    public var model: Fitted

    public init(number: UInt64, model: Fitted) {
        self.number = number
        self.model = model
    }
}
