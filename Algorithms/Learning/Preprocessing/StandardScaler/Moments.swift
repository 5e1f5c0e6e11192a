import Gyre
import GyreLearning

/// Means and sums of squared deviations of columns, and the rows' weight.
struct Moments: Codable, Sendable {
    var weight = 0.0
    var means: [Double]
    /// Σ weight · (x − mean)².
    var squares: [Double]

    init(columnCount: Int) {
        means = Array(repeating: 0, count: columnCount)
        squares = means
    }

    var isFinite: Bool { means.allSatisfy(\.isFinite) && squares.allSatisfy(\.isFinite) }

    /// The standard deviations; 1 where a column is constant, but for rounding.
    var deviations: [Double] {
        zip(means, squares).map { mean, square in
            let variance = square / weight
            // What rounding leaves of a constant far from zero.
            let noise = 10 * Double.ulpOfOne * abs(mean)
            return variance <= noise * noise ? 1 : variance.squareRoot()
        }
    }

    /// Adds the moments of other rows.
    mutating func add(_ other: Moments) {
        guard other.weight > 0 else { return }
        let total = weight + other.weight
        for column in means.indices {
            let delta = other.means[column] - means[column]
            means[column] += delta * (other.weight / total)
            squares[column] += other.squares[column] + delta * delta * (weight * other.weight / total)
        }
        weight = total
    }

    /// Of the rows of one block.
    init(_ block: FeatureBlock) {
        self.init(columnCount: block.columnCount)
        let weights = block.weights.map { Array($0) } ?? Array(repeating: 1, count: block.rowCount)
        weight = weights.reduce(0, +)
        guard weight > 0 else { return }
        means.withUnsafeMutableBufferPointer { means in
            guard let base = means.baseAddress else { return }
            weights.withUnsafeBufferPointer { weights in
                guard let factors = weights.baseAddress else { return }
                block.features.addTransposed(times: factors, to: base)
            }
            for column in means.indices { means[column] /= weight }
        }
        switch block.features {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                for row in 0..<rows.rowCount {
                    for column in 0..<rows.columnCount {
                        let delta = base[row * rows.columnCount + column] - means[column]
                        squares[column] += weights[row] * delta * delta
                    }
                }
            }
        case .sparse(let rows):
            // Zeros first, then what the entries differ from them.
            for column in squares.indices { squares[column] = weight * means[column] * means[column] }
            rows.withUnsafeRows { offsets, columns, values in
                for row in 0..<rows.rowCount {
                    for entry in offsets[row]..<offsets[row + 1] {
                        let column = Int(columns[entry])
                        let delta = values[entry] - means[column]
                        squares[column] += weights[row] * (delta * delta - means[column] * means[column])
                    }
                }
            }
        }
    }
}

/// The moments of all columns in one round.
struct MomentsProgram: TrainingProgram {
    let columnCount: Int

    var identity: [String: String] { [:] }

    func initialState() -> Moments { Moments(columnCount: columnCount) }

    func partByteCount(rows: Int) -> Int { columnCount * 16 }

    func makePart(for chunk: TrainingChunk) -> ChunkValue<Moments> {
        ChunkValue(Moments(columnCount: columnCount))
    }

    func compute(
        _ chunk: TrainingChunk, _ part: ChunkValue<Moments>, _ state: Moments, round: Int, scratch: Nothing
    ) {
        var sum = Moments(columnCount: columnCount)
        chunk.forEachPiece(ofRows: 1024) { piece, _ in sum.add(Moments(piece)) }
        part.value = sum
    }

    func endRound(_ parts: [ChunkValue<Moments>], _ state: inout Moments, round: Int) -> TrainingRound {
        for part in parts { state.add(part.value) }
        return TrainingRound(figures: ["weight": state.weight], isConverged: true)
    }
}
