public import Gyre
public import GyreLearning

/// Groups rows around k centres, so that rows are near the centre of their group: Lloyd's algorithm.
///
/// A round puts each row to the nearest centre (of equally near ones the first) and each centre to the weighted mean of
/// its rows. A centre that loses all its rows is put to the row that is farthest from its own. The result is a local
/// minimum of the inertia, the sum of weight · squared distance from the nearest centre; which one depends on the start.
///
/// - Complexity: rows × k × features in the first round; after that most rows are skipped by bounds on distances, which
///   change nothing in the result. 20 bytes a row and 8 · k² bytes (where k is at most 2048) besides the rows; k-means++
///   needs 8 · (2 + ln k) bytes a row for the time of the start.
/// - Errors: `LearningError.noRows`; `tooFewRows` where k is larger than the number of rows; `columnCount` and
///   `parameter` of given centres; `badWeight`, `noWeight`, `notFinite`.
/// - Restored: the start is drawn again, the same by its seed; rounds go on after the last one that was saved, to the same
///   bits.
public struct KMeans: JobEstimator {
    public typealias Fitted = KMeansModel

    /// Where centres are at first.
    public enum Start: Sendable, Equatable {
        /// At rows, each drawn in proportion to its squared distance from those before; of 2 + ln k draws the one that
        /// lowers the inertia most.
        ///
        /// - Source: Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, with its
        ///   greedy choice.
        case plusPlus
        /// At k distinct rows, drawn in proportion to their weights.
        case random
        /// Here, a centre each.
        case centres([[Double]])
    }

    /// How many clusters.
    public var k: Int
    public var start: Start
    /// The most rounds.
    public var iterations: Int
    /// It ends when the largest squared movement of a centre is at most this; and when no row changes its cluster, which
    /// is all that counts with 0.
    public var tolerance: Double
    /// Of the draws of `plusPlus` and `random`.
    public var seed: UInt64

    public init(
        k: Int, start: Start = .plusPlus, iterations: Int = 100, tolerance: Double = 1e-4, seed: UInt64 = 0
    ) {
        self.k = k
        self.start = start
        self.iterations = iterations
        self.tolerance = tolerance
        self.seed = seed
    }

    public func validate() throws(LearningError) {
        guard k >= 1, k < UInt32.max else {
            throw .parameter(name: "k", value: "\(k)", expected: "a number of clusters from 1")
        }
        guard iterations >= 1 else {
            throw .parameter(name: "iterations", value: "\(iterations)", expected: "a number of rounds from 1")
        }
        guard tolerance >= 0, tolerance.isFinite else {
            throw .parameter(name: "tolerance", value: "\(tolerance)", expected: "a number from 0")
        }
        if case .centres(let centres) = start {
            guard centres.count == k else {
                throw .parameter(name: "centres", value: "a list of \(centres.count)", expected: "k = \(k) of them")
            }
            for centre in centres {
                if let value = centre.first(where: { !$0.isFinite }) {
                    throw .parameter(name: "centres", value: "\(value)", expected: "finite numbers")
                }
            }
        }
    }

    /// Adds the training to a job. The start by k-means++ is found at once, in a job of its own.
    public func training(on table: FeatureTable, in job: Job) throws -> DataStream<KMeansModel> {
        try training(on: table, in: job, startedBy: JobConfiguration())
    }

    /// Fits the estimator in jobs of its own, of which the last one is checkpointed; blocks the caller.
    public func fit(_ table: FeatureTable, configuration: JobConfiguration) throws -> KMeansModel {
        var plain = configuration
        plain.checkpoint = nil
        return try training(on: table, in: Job("fit"), startedBy: plain).onlyRow(configuration)
    }

    private func training(
        on table: FeatureTable, in job: Job, startedBy configuration: JobConfiguration
    ) throws -> DataStream<KMeansModel> {
        let centres = try startingCentres(on: table, configuration: configuration)
        let (schema, settings) = (table.schema, self)
        let program = LloydProgram(table: table, initial: centres, tolerance: tolerance)
        return job.train(program, on: table, maximum: iterations, name: "kmeans", kind: "lloyd")
            .map(name: "model") { trained in
                var sizes = Array(repeating: 0, count: settings.k)
                var inertia = 0.0
                for final in trained.finals {
                    inertia += final.inertia
                    for cluster in sizes.indices { sizes[cluster] += final.counts[cluster] }
                }
                return KMeansModel(
                    inputSchema: schema,
                    centroids: DenseRows(trained.state.centres, columnCount: schema.features.count),
                    training: KMeansModel.Training(
                        inertia: inertia, sizes: sizes, rounds: trained.rounds, isConverged: trained.isConverged))
            }
    }

    /// The centres before the first round; blocks the caller.
    ///
    /// - Throws: as `fit`, for what is found by now.
    public func startingCentres(
        on table: FeatureTable, configuration: JobConfiguration = JobConfiguration()
    ) throws -> DenseRows {
        try validate()
        guard table.rowCount > 0 else { throw LearningError.noRows }
        guard table.rowCount >= k else {
            throw LearningError.tooFewRows(rows: table.rowCount, needed: k, reason: "there are \(k) clusters")
        }
        let columnCount = table.schema.features.count
        guard columnCount > 0 else { throw LearningError.columnCount(found: 0, expected: 1) }
        switch start {
        case .centres(let centres):
            for centre in centres where centre.count != columnCount {
                throw LearningError.columnCount(found: centre.count, expected: columnCount)
            }
            return DenseRows(centres.flatMap { $0 }, columnCount: columnCount)
        case .random:
            let rows = try RandomRows.draw(k, of: table, seed: seed)
            return DenseRows(rows.flatMap { table.row($0) }, columnCount: columnCount)
        case .plusPlus:
            return DenseRows(
                try PlusPlusProgram.centres(k, of: table, seed: seed, configuration), columnCount: columnCount)
        }
    }
}
