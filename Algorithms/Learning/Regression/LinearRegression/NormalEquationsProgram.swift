import Gyre
import GyreLearning

/// Least squares in one round, by products of columns; or in two, where those turn out to be too ill-conditioned, the
/// second by a triangular factor of the rows.
struct NormalEquationsProgram: TrainingProgram {
    struct State: Codable, Sendable {
        var products: CentredProducts
        /// The columns that are not constant.
        var active: [Int] = []
        var solution: LeastSquares?
    }

    /// What a chunk sums up, in the first round and in the second.
    struct Sums: Sendable {
        var products: CentredProducts?
        var factor: TriangularFactor?
    }

    let table: FeatureTable
    let penalty: Double
    let fitsIntercept: Bool

    private var featureCount: Int { table.schema.features.count }

    private var noProducts: CentredProducts {
        CentredProducts(featureCount: featureCount, extent: .all, isCentred: fitsIntercept)
    }

    var identity: [String: String] { ["l2": "\(penalty)", "intercept": "\(fitsIntercept)", "solver": "normal"] }

    func initialState() -> State { State(products: noProducts) }

    func partByteCount(rows: Int) -> Int { CentredProducts.byteCount(featureCount: featureCount, extent: .all) }

    func makePart(for chunk: TrainingChunk) -> ChunkValue<Sums> { ChunkValue(Sums()) }

    func makeScratch() -> ChunkValue<[Double]> { ChunkValue([]) }

    func compute(
        _ chunk: TrainingChunk, _ part: ChunkValue<Sums>, _ state: State, round: Int, scratch: ChunkValue<[Double]>
    ) throws {
        if round == 1 {
            var products = noProducts
            try scratch.change { room in
                for block in chunk.pieces {
                    products.add(block.features, labels: try block.numericLabels(), weights: block.weights, room: &room)
                }
            }
            part.value = Sums(products: products)
        } else {
            var factor = TriangularFactor(columnCount: featureCount + 1)
            try chunk.forEachPiece(ofRows: factor.rowsAPiece) { piece, _ in
                let labels = try piece.numericLabels()
                factor.add(rowCount: piece.rowCount) { target, stride in
                    labels.withUnsafeBufferPointer { labels in
                        state.products.means.withUnsafeBufferPointer { means in
                            guard let labels = labels.baseAddress, let means = means.baseAddress else { return }
                            guard let weights = piece.weights else {
                                return piece.features.centre(labels, by: means, nil, into: target, stride: stride)
                            }
                            weights.withUnsafeBufferPointer {
                                piece.features.centre(
                                    labels, by: means, $0.baseAddress, into: target, stride: stride)
                            }
                        }
                    }
                }
            }
            part.value = Sums(factor: factor)
        }
    }

    func endRound(_ parts: [ChunkValue<Sums>], _ state: inout State, round: Int) throws -> TrainingRound {
        if round == 1 {
            for part in parts { if let products = part.value.products { state.products.add(products) } }
            guard state.products.weight > 0 || !state.products.isFinite else { throw LearningError.noWeight }
            guard state.products.isFinite else {
                throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "linear-regression", round: round)
            }
            let products = state.products
            state.active = (0..<featureCount).filter {
                fitsIntercept ? !products.isConstant($0) : products.square($0) > 0
            }
            state.solution = LeastSquares(products, penalty: penalty, isIn: state.active)
        } else {
            var factor = TriangularFactor(columnCount: featureCount + 1)
            for part in parts { if let own = part.value.factor { factor.add(own) } }
            state.solution = try LeastSquares(
                factor, penalty: penalty, isIn: state.active, rowCount: table.rowCount)
        }
        for part in parts { part.value = Sums() }
        guard let solution = state.solution else { return TrainingRound(figures: [:], isConverged: false) }
        guard solution.loss.isFinite, solution.coefficients.allSatisfy(\.isFinite) else {
            throw LearningError.diverged(algorithm: "linear-regression", round: round)
        }
        return TrainingRound(
            figures: ["loss": solution.loss / state.products.weight, "rank": Double(solution.rank)], isConverged: true)
    }
}
