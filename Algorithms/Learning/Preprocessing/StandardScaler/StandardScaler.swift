public import Gyre
public import GyreLearning

/// Brings each feature to mean 0 and standard deviation 1.
///
/// Deviations are those of the population, weighted where rows have weights. A feature that is constant keeps its
/// deviation: it is divided by 1. Means and squared deviations are merged from chunk to chunk, so that large offsets lose
/// no digits.
///
/// - Complexity: one round; two passes over each chunk while it is in cache.
/// - Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
public struct StandardScaler: FeatureEstimator, JobEstimator {
    public typealias Fitted = StandardScalerModel

    /// Whether the mean is taken off. Sparse features cannot be centred: nearly all of them would be filled.
    public var centers: Bool
    /// Whether it is divided by the deviation.
    public var scales: Bool

    public init(centers: Bool = true, scales: Bool = true) {
        self.centers = centers
        self.scales = scales
    }

    public func training(on table: FeatureTable, in job: Job) throws -> DataStream<StandardScalerModel> {
        guard table.rowCount > 0 else { throw LearningError.noRows }
        if centers, table.blocks.contains(where: \.features.isSparse) {
            throw LearningError.needsDense(algorithm: "standard-scaler", reason: "it centres them")
        }
        let (schema, settings) = (table.schema, self)
        let program = MomentsProgram(columnCount: schema.features.count)
        return job.train(program, on: table, maximum: 1, name: "standard-scaler", kind: "moments")
            .map(name: "model") { trained in
                let moments = trained.state
                guard moments.weight > 0 else { throw LearningError.noWeight }
                guard moments.isFinite else {
                    throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "standard-scaler", round: 1)
                }
                return StandardScalerModel(
                    inputSchema: schema, means: settings.centers ? moments.means : nil,
                    deviations: settings.scales ? moments.deviations : nil)
            }
    }
}
