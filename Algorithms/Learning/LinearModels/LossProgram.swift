import Gyre
import GyreLearning

/// Fits coefficients and intercept by L-BFGS: minimises Σ weight·loss + ½·l2·‖coefficients‖², divided by the weights' sum.
///
/// The first round sums products of columns: of them loss and gradient follow where all coefficients are zero, and the
/// Hessian there, by which the optimiser measures directions. Each further round evaluates one point. The optimiser sees
/// features less their means, so that large offsets do not spoil the conditioning. Only the intercept is another one, and
/// rows are read as they are, unless a mean is beyond a thousand deviations: then products with whole values would lose
/// more than three digits, and each piece of rows is copied, less the means.
struct LossProgram<Loss: RowLoss>: TrainingProgram {
    struct State: Codable, Sendable {
        /// Until the first round has ended.
        var products: CentredProducts?
        var weight = 0.0
        /// The features' means; zeros without an intercept.
        var means: [Double] = []
        /// Features without information, whose coefficients stay zero.
        var constant: [Int] = []
        /// Whether rows are copied to be centred.
        var copiesRows = false
        var optimiser: LimitedMemoryBFGS?
    }

    /// What a chunk keeps: its labels as numbers, a slice a piece, and its sums.
    final class Part: Sendable {
        let labels: [ArraySlice<Double>]
        let sums: ChunkValue<Sums>

        init(labels: [ArraySlice<Double>]) {
            self.labels = labels
            sums = ChunkValue(Sums())
        }
    }

    struct Sums: Sendable {
        var products: CentredProducts?
        var loss = 0.0
        /// Σ derivative·x, of rows as they were read.
        var gradient: [Double] = []
        /// Σ derivative.
        var slope = 0.0
    }

    let table: FeatureTable
    let penalty: Double
    let tolerance: Double
    let fitsIntercept: Bool
    let extent: CentredProducts.Extent
    /// A block's labels as the loss takes them.
    let labels: @Sendable (FeatureBlock) -> ArraySlice<Double>
    /// Bytes that labels take a row besides the table's own.
    let labelBytes: Int

    private var featureCount: Int { table.schema.features.count }

    private var noProducts: CentredProducts {
        CentredProducts(featureCount: featureCount, extent: extent, isCentred: fitsIntercept)
    }

    var identity: [String: String] {
        [
            "loss": Loss.algorithm, "l2": "\(penalty)", "tolerance": "\(tolerance)", "intercept": "\(fitsIntercept)",
            "metric": extent.rawValue,
        ]
    }

    func initialState() -> State { State(products: noProducts) }

    func partByteCount(rows: Int) -> Int {
        CentredProducts.byteCount(featureCount: featureCount, extent: extent) + rows * labelBytes
    }

    func makePart(for chunk: TrainingChunk) -> Part { Part(labels: chunk.pieces.map(labels)) }

    func makeScratch() -> ChunkValue<[Double]> { ChunkValue([]) }

    func compute(
        _ chunk: TrainingChunk, _ part: Part, _ state: State, round: Int, scratch: ChunkValue<[Double]>
    ) {
        if let optimiser = state.optimiser {
            part.sums.value = scratch.change { room in
                evaluate(chunk, part.labels, at: optimiser.point, state, room: &room)
            }
        } else {
            var products = noProducts
            scratch.change { room in
                for (block, labels) in zip(chunk.pieces, part.labels) {
                    products.add(block.features, labels: labels, weights: block.weights, room: &room)
                }
            }
            part.sums.value = Sums(products: products)
        }
    }

    func endRound(_ parts: [Part], _ state: inout State, round: Int) throws -> TrainingRound {
        if state.optimiser == nil {
            try begin(parts.lazy.compactMap(\.sums.value.products), &state, round)
        } else {
            update(parts, &state)
        }
        for part in parts { part.sums.value = Sums() }
        guard let optimiser = state.optimiser, optimiser.status != .diverged else {
            throw LearningError.diverged(algorithm: Loss.algorithm, round: round)
        }
        return TrainingRound(
            figures: ["loss": optimiser.loss, "gradient": optimiser.gradientNorm],
            isConverged: optimiser.status != .searching)
    }

    /// Coefficients and intercept of the best point.
    func model(_ state: State) -> (coefficients: [Double], intercept: Double) {
        guard let optimiser = state.optimiser else { preconditionFailure("a training without a round") }
        let coefficients = Array(optimiser.best.prefix(featureCount))
        return (coefficients, offset(of: optimiser.best, means: state.means))
    }

    /// The score of a row of zeros: the intercept for features that are not centred.
    private func offset(of point: [Double], means: [Double]) -> Double {
        guard fitsIntercept else { return 0 }
        var offset = 0.0
        for feature in 0..<featureCount { offset += point[feature] * means[feature] }
        return point[featureCount] - offset
    }
}

/// Where pieces are copied to be centred: how far behind the scores, and less which means of features and label.
private struct CopiedRows {
    let means: [Double]
    let start: Int
}

// The rounds.
extension LossProgram {
    private func evaluate(
        _ chunk: TrainingChunk, _ labels: [ArraySlice<Double>], at point: [Double], _ state: State,
        room: inout [Double]
    ) -> Sums {
        // So many rows that they are still in the cache when they are read again, for the gradient.
        let rowsAPiece = min(max(16, (96 << 10) / (8 * max(1, featureCount))), 512)
        // Scores, and behind them the copied rows with their labels.
        let needed = rowsAPiece * (state.copiesRows ? featureCount + 2 : 1)
        if room.count < needed { room = Array(repeating: 0, count: needed) }
        let offset = state.copiesRows ? point[featureCount] : offset(of: point, means: state.means)
        let copy = state.copiesRows ? CopiedRows(means: state.means + [0], start: rowsAPiece) : nil
        var sums = Sums()
        sums.gradient = Array(repeating: 0, count: featureCount)
        room.withUnsafeMutableBufferPointer { scores in
            guard let scores = scores.baseAddress else { return }
            for (block, labels) in zip(chunk.pieces, labels) {
                for start in stride(from: 0, to: block.rowCount, by: rowsAPiece) {
                    let rows = start..<min(start + rowsAPiece, block.rowCount)
                    evaluate(block.rows(rows), labels, start, copy, at: point, offset: offset, scores, &sums)
                }
            }
        }
        return sums
    }

    private func evaluate(
        _ piece: FeatureBlock, _ labels: ArraySlice<Double>, _ first: Int, _ copy: CopiedRows?, at point: [Double],
        offset: Double, _ scores: UnsafeMutablePointer<Double>, _ sums: inout Sums
    ) {
        let count = piece.rowCount
        if featureCount > 0 {
            if let copy {
                labels.withUnsafeBufferPointer { labels in
                    guard let labels = labels.baseAddress else { return }
                    piece.features.centre(
                        labels + first, by: copy.means, nil, into: scores + copy.start, stride: featureCount + 1)
                }
                BLAS.gemv(
                    rows: count, columns: featureCount, scores + copy.start, stride: featureCount + 1, point, scores)
            } else {
                piece.features.multiply(by: point, into: scores)
            }
            for row in 0..<count { scores[row] += offset }
        } else {
            scores.update(repeating: offset, count: count)
        }
        labels.withUnsafeBufferPointer { labels in
            guard let labels = labels.baseAddress else { return }
            let weights = piece.weights
            if let weights {
                weights.withUnsafeBufferPointer {
                    sums.loss += Loss.evaluate(
                        scores, labels: labels + first, weights: $0.baseAddress, count: count)
                }
            } else {
                sums.loss += Loss.evaluate(scores, labels: labels + first, weights: nil, count: count)
            }
        }
        var slope = 0.0
        for row in 0..<count { slope += scores[row] }
        sums.slope += slope
        guard featureCount > 0 else { return }
        if let copy {
            BLAS.gemv(
                transposed: true, rows: count, columns: featureCount, scores + copy.start, stride: featureCount + 1,
                scores, beta: 1, &sums.gradient)
        } else {
            piece.features.addTransposed(times: scores, to: &sums.gradient)
        }
    }

    /// The first round's end: where all coefficients are zero.
    private func begin(_ parts: some Sequence<CentredProducts>, _ state: inout State, _ round: Int) throws {
        guard var products = state.products else { preconditionFailure("a training that has begun already") }
        for part in parts { products.add(part) }
        guard products.isFinite else {
            throw table.locateNotFinite() ?? LearningError.diverged(algorithm: Loss.algorithm, round: round)
        }
        guard products.weight > 0 else { throw LearningError.noWeight }
        let weight = products.weight
        guard
            let start = Loss.start(
                mean: fitsIntercept ? products.means[featureCount] : nil,
                square: products.square(featureCount) / weight)
        else { throw LearningError.classCount(found: 1, column: table.schema.label?.name ?? "label") }
        state.products = nil
        state.weight = weight
        state.means = Array(products.means.prefix(featureCount))
        state.constant = (0..<featureCount).filter {
            fitsIntercept ? products.isConstant($0) : products.square($0) == 0
        }
        state.copiesRows =
            fitsIntercept
            && (0..<featureCount).contains { feature in
                let variance = products.square(feature) / weight
                return products.means[feature] * products.means[feature] > 1e6 * variance
                    && !products.isConstant(feature)
            }
        var point = Array(repeating: 0.0, count: featureCount + (fitsIntercept ? 1 : 0))
        var gradient = point
        if fitsIntercept { point[featureCount] = start.score }
        for feature in 0..<featureCount { gradient[feature] = -products.withLabel(feature) / weight }
        for feature in state.constant { gradient[feature] = 0 }
        var optimiser = LimitedMemoryBFGS(
            start: point, tolerance: tolerance,
            metric: products.metric(curvature: start.curvature, penalty: penalty, constant: state.constant))
        optimiser.update(loss: start.loss, gradient: gradient)
        state.optimiser = optimiser
    }

    private func update(_ parts: [Part], _ state: inout State) {
        guard var optimiser = state.optimiser else { return }
        var sums = Sums()
        sums.gradient = Array(repeating: 0, count: featureCount)
        for part in parts {
            let own = part.sums.value
            sums.loss += own.loss
            sums.slope += own.slope
            for feature in sums.gradient.indices { sums.gradient[feature] += own.gradient[feature] }
        }
        let point = optimiser.point
        var gradient = Array(repeating: 0.0, count: point.count)
        var length = 0.0
        for feature in 0..<featureCount {
            length += point[feature] * point[feature]
            let mean = state.copiesRows ? 0 : state.means[feature]
            let centred = sums.gradient[feature] - mean * sums.slope
            gradient[feature] = (centred + penalty * point[feature]) / state.weight
        }
        for feature in state.constant { gradient[feature] = 0 }
        if fitsIntercept { gradient[featureCount] = sums.slope / state.weight }
        optimiser.update(loss: (sums.loss + penalty * length / 2) / state.weight, gradient: gradient)
        state.optimiser = optimiser
    }
}
