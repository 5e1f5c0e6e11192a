public import Gyre

/// Feature estimators in a row, and an estimator that learns from what they make: fitted as one, used as one.
///
/// Each stage is fitted on what the stages before it have made of the table; each keeps a table of its own while it is
/// fitted.
public struct Pipeline<Last: Estimator>: Estimator {
    public var stages: [any FeatureEstimator]
    public var last: Last

    public init(_ stages: [any FeatureEstimator], _ last: Last) {
        self.stages = stages
        self.last = last
    }

    public func validate() throws(LearningError) {
        for stage in stages { try stage.validate() }
        try last.validate()
    }

    /// Fits the stages one after another; blocks the caller.
    public func fit(
        _ table: FeatureTable, configuration: JobConfiguration
    ) throws -> PipelineModel<Last.Fitted> {
        try validate()
        var table = table
        var fitted: [any FeatureTransformer] = []
        // Checkpoints are those of the last stage; the others are one round each.
        var plain = configuration
        plain.checkpoint = nil
        for stage in stages {
            let transformer = try stage.fitFeatures(table, configuration: plain)
            fitted.append(transformer)
            table = try transformer.transform(table, configuration: plain)
        }
        return PipelineModel(stages: fitted, last: try last.fit(table, configuration: configuration))
    }
}

/// A fitted pipeline.
public struct PipelineModel<Last: Transformer>: Transformer {
    public let stages: [any FeatureTransformer]
    public let last: Last

    public init(stages: [any FeatureTransformer], last: Last) {
        self.stages = stages
        self.last = last
    }

    public var inputSchema: FeatureSchema { stages.first?.inputSchema ?? last.inputSchema }

    public func transform(_ block: FeatureBlock) throws -> Last.Output {
        try last.transform(try stages.reduce(block) { block, stage in try stage.transform(block) })
    }
}

/// An estimator whose result makes features of features.
public protocol FeatureEstimator: Estimator where Fitted: FeatureTransformer {}

extension FeatureEstimator {
    func fitFeatures(_ table: FeatureTable, configuration: JobConfiguration) throws -> any FeatureTransformer {
        try fit(table, configuration: configuration)
    }
}
