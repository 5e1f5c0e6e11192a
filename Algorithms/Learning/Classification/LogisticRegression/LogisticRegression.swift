public import Gyre
public import GyreLearning

/// Binary logistic regression: minimises Σ weight·log(1 + exp(∓(x·b + intercept))) + ½·l2·‖b‖².
///
/// The label has exactly two distinct values; the greater one is the positive class. The penalty is added to the sum of
/// the losses, not to their mean, and leaves the intercept alone: `l2` is the inverse of what other libraries call C.
///
/// By L-BFGS. Up to 256 features, the first round sums the products of all columns, which gives loss, gradient and
/// Hessian where the coefficients are zero without an exponential; directions are measured by that Hessian. With more
/// features, or fewer than four rows a feature, by its diagonal. Where the classes are separable and there is no penalty,
/// there is no minimum: it ends when the gradient is within the tolerance, or after the iterations.
///
/// - Complexity: a round takes rows × features; the first one rows × features² where the products of all columns are
///   summed. Sparse rows take their entries instead of features.
public struct LogisticRegression: JobEstimator {
    public typealias Fitted = LogisticRegressionModel

    /// The penalty's factor, at least 0.
    public var l2: Double
    public var fitsIntercept: Bool
    /// The most rounds, each of which evaluates one point; at least 1.
    public var iterations: Int
    /// It ends when no component of the gradient of the objective, divided by the rows' weight, is larger.
    public var tolerance: Double

    public init(l2: Double = 1, fitsIntercept: Bool = true, iterations: Int = 100, tolerance: Double = 1e-6) {
        self.l2 = l2
        self.fitsIntercept = fitsIntercept
        self.iterations = iterations
        self.tolerance = tolerance
    }

    private static let mostFeaturesOfAFullMetric = 256

    public func validate() throws(LearningError) {
        try LinearModelParameters.check(l2: l2, iterations: iterations, tolerance: tolerance)
    }

    public func training(on table: FeatureTable, in job: Job) throws -> DataStream<LogisticRegressionModel> {
        try validate()
        try LinearModelParameters.check(table)
        let classes = try BinaryClasses(of: table)
        let schema = table.schema
        let features = schema.features.count
        let isFull = features <= Self.mostFeaturesOfAFullMetric && table.rowCount >= 4 * features
        let program = LossProgram<LogisticLoss>(
            table: table, penalty: l2, tolerance: tolerance, fitsIntercept: fitsIntercept,
            extent: isFull ? .all : .own, labels: { classes.halves(of: $0) }, labelBytes: 8)
        return job.train(program, on: table, maximum: iterations, name: "logistic-regression", kind: "l-bfgs")
            .map(name: "model") { trained in
                let (coefficients, intercept) = program.model(trained.state)
                return LogisticRegressionModel(
                    inputSchema: schema, coefficients: coefficients, intercept: intercept,
                    negative: classes.negative, positive: classes.positive, training: trained.summary)
            }
    }
}
