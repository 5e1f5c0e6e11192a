public import Gyre
public import GyreLearning

/// Linear regression by least squares: minimises ½·Σ weight·(x·b + intercept − label)² + ½·l2·‖b‖².
///
/// Without a penalty, the ordinary least squares; with one, ridge regression, whose penalty is added to the sum of the
/// squared errors, not to their mean, and leaves the intercept alone. A feature that is constant gets the coefficient 0.
///
/// - Complexity: `normal`: one round, rows × features² operations and features² numbers a chunk; another one of twice to
///   four times the work where features nearly depend on each other. `lbfgs`: a round takes rows × features.
/// - Source: Chan, Golub and LeVeque (see `CentredProducts`) for the sums; Golub and Van Loan, "Matrix Computations", 4th
///   edition, 5.3 for normal equations and factors.
public struct LinearRegression: JobEstimator {
    public typealias Fitted = LinearRegressionModel

    /// How the minimum is found.
    public enum Solver: String, CaseIterable, Sendable {
        /// By Cholesky's factor of the products of columns; where they are too ill-conditioned, by a triangular factor of
        /// the rows, and where that is singular, the solution of least length.
        case normal
        /// By L-BFGS: for so many features that a square of them is too large.
        case lbfgs
    }

    public var solver: Solver
    /// The penalty's factor, at least 0.
    public var l2: Double
    public var fitsIntercept: Bool
    /// The most rounds of L-BFGS, each of which evaluates one point; at least 1.
    public var iterations: Int
    /// L-BFGS ends when no component of the gradient of the objective, divided by the rows' weight, is larger.
    public var tolerance: Double

    public init(
        solver: Solver = .normal, l2: Double = 0, fitsIntercept: Bool = true, iterations: Int = 100,
        tolerance: Double = 1e-6
    ) {
        self.solver = solver
        self.l2 = l2
        self.fitsIntercept = fitsIntercept
        self.iterations = iterations
        self.tolerance = tolerance
    }

    public func validate() throws(LearningError) {
        try LinearModelParameters.check(l2: l2, iterations: iterations, tolerance: tolerance)
    }

    public func training(on table: FeatureTable, in job: Job) throws -> DataStream<LinearRegressionModel> {
        try validate()
        try LinearModelParameters.check(table)
        if let label = table.schema.label, label.kind == .text { throw LearningError.labelIsText(column: label.name) }
        let schema = table.schema
        switch solver {
        case .normal:
            let fitsIntercept = fitsIntercept
            let program = NormalEquationsProgram(table: table, penalty: l2, fitsIntercept: fitsIntercept)
            return job.train(program, on: table, maximum: 2, name: "linear-regression", kind: "normal equations")
                .map(name: "model") { trained in
                    guard let solution = trained.state.solution else {
                        preconditionFailure("a training without a solution")
                    }
                    let means = trained.state.products.means
                    var intercept = means[schema.features.count]
                    for (mean, coefficient) in zip(means, solution.coefficients) { intercept -= mean * coefficient }
                    return LinearRegressionModel(
                        inputSchema: schema, coefficients: solution.coefficients,
                        intercept: fitsIntercept ? intercept : 0, rank: solution.rank, training: trained.summary)
                }
        case .lbfgs:
            let program = LossProgram<SquaredLoss>(
                table: table, penalty: l2, tolerance: tolerance, fitsIntercept: fitsIntercept, extent: .own,
                labels: { block in
                    guard case .numbers(let labels)? = block.labels else {
                        preconditionFailure("a block without numbers as labels")
                    }
                    return labels
                }, labelBytes: 0)
            return job.train(program, on: table, maximum: iterations, name: "linear-regression", kind: "l-bfgs")
                .map(name: "model") { trained in
                    let (coefficients, intercept) = program.model(trained.state)
                    return LinearRegressionModel(
                        inputSchema: schema, coefficients: coefficients, intercept: intercept,
                        training: trained.summary)
                }
        }
    }
}
