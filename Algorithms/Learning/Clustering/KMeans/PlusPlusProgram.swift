import Glibc
import Gyre
import GyreLearning

/// Draws the first centres by k-means++, one a round.
///
/// A round computes the squared distances of all rows from some candidates; its end takes the candidate that leaves the
/// least inertia, and draws the next ones by what it leaves. A row's draw depends on the seed, the round and the place of
/// the candidate alone.
///
/// - Complexity: k rounds of (2 + ln k) · rows · features.
/// - Source: Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007; several candidates a
///   round are section 4.4 of Arthur's program, and scikit-learn's default.
struct PlusPlusProgram: TrainingProgram {
    struct State: Codable, Sendable {
        /// The rows that were taken, and their values, row by row.
        var taken: [Int] = []
        var centres: [Double] = []
        /// The rows that this round looks at, their values, and |c|².
        var candidates: [Int]
        var values: [Double]
        var norms: [Double]
        /// Which of the last round's candidates was taken.
        var best: Int?
    }

    let table: FeatureTable
    let clusters: Int
    let columnCount: Int
    let seed: UInt64
    /// Candidates a round.
    let most: Int
    let margin: DistanceMargin

    init(_ clusters: Int, of table: FeatureTable, seed: UInt64) {
        self.table = table
        self.clusters = clusters
        self.seed = seed
        columnCount = table.schema.features.count
        most = 2 + Int(log(Double(clusters)))
        margin = DistanceMargin(columnCount: columnCount)
    }

    /// Runs the program in a job of its own; blocks the caller.
    ///
    /// - Returns: the centres, row by row.
    static func centres(
        _ clusters: Int, of table: FeatureTable, seed: UInt64, _ configuration: JobConfiguration
    ) throws -> [Double] {
        let program = PlusPlusProgram(clusters, of: table, seed: seed)
        return try Job("kmeans++")
            .train(program, on: table, maximum: clusters, name: "kmeans++", kind: "k-means++")
            .onlyRow(configuration).state.centres
    }

    var identity: [String: String] { ["the program": "k-means++(k: \(clusters), seed: \(seed))"] }

    func initialState() throws -> State {
        // The first by weight alone.
        let first = try RandomRows.draw(1, of: table, seed: seed)
        return state(State(candidates: [], values: [], norms: []), with: first)
    }

    /// The state with other candidates.
    private func state(_ state: State, with rows: [Int]) -> State {
        var state = state
        let values = rows.map { table.row($0) }
        state.candidates = rows
        state.values = values.flatMap { $0 }
        state.norms = values.map { $0.reduce(0) { $0 + $1 * $1 } }
        return state
    }

    func partByteCount(rows: Int) -> Int { rows * 8 * (most + 2) }

    func makePart(for chunk: TrainingChunk) -> PlusPlusPart {
        PlusPlusPart(chunk, candidates: most)
    }

    func makeScratch() -> SharedVector<Double> { SharedVector(count: Self.blockRows * most) }

    private static let blockRows = 256

    func compute(
        _ chunk: TrainingChunk, _ part: PlusPlusPart, _ state: State, round: Int, scratch: SharedVector<Double>
    ) throws {
        if let best = state.best { part.take(best) }
        part.potentials.value = state.values.withUnsafeBufferPointer { values in
            guard let centres = values.baseAddress else { return [] }
            var sums = Array(repeating: 0.0, count: state.candidates.count)
            chunk.forEachPiece(ofRows: Self.blockRows) { piece, first in
                if round == 1 { piece.features.squaredNorms(into: part.norms.base + first) }
                let count = state.candidates.count
                let products = scratch.base
                piece.features.multiply(byRowsOf: centres, count: count, into: products)
                for row in 0..<piece.rowCount {
                    let norm = part.norms.base[first + row]
                    let closest = part.closest.base[first + row]
                    let weight = piece.weights.map { $0[$0.startIndex + row] } ?? 1
                    for candidate in 0..<count {
                        let scale = norm + state.norms[candidate]
                        var square = scale - 2 * products[row * count + candidate]
                        if square < 1e-8 * scale {
                            square = exactly(piece.features, row, centres + candidate * columnCount, scale)
                        }
                        square = min(square, closest)
                        part.columns.base[candidate * part.chunk.rows.count + first + row] = square
                        sums[candidate] += weight * square
                    }
                }
            }
            return sums
        }
    }

    /// The squared distance without cancellation: 0 for a row that is the centre.
    private func exactly(
        _ features: FeatureRows, _ row: Int, _ centre: UnsafePointer<Double>, _ scale: Double
    ) -> Double {
        switch features {
        case .dense(let rows):
            return rows.withUnsafeRows { SquaredDistance.dense($0 + row * columnCount, centre, columnCount) }
        case .sparse(let rows):
            let square = rows.withUnsafeRows { offsets, columns, values in
                var norm = 0.0
                for column in 0..<columnCount { norm += centre[column] * centre[column] }
                return SquaredDistance.sparse(columns, values, offsets[row]..<offsets[row + 1], centre, norm: norm)
            }
            return square <= 2 * margin.cancelled * scale ? 0 : square
        }
    }

    func endRound(_ parts: [PlusPlusPart], _ state: inout State, round: Int) throws -> TrainingRound {
        let potentials = parts.map(\.potentials.value)
        let totals = state.candidates.indices.map { candidate in potentials.reduce(0) { $0 + $1[candidate] } }
        guard totals.allSatisfy(\.isFinite), state.values.allSatisfy(\.isFinite) else {
            throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "k-means++", round: round)
        }
        var best = 0
        for candidate in totals.indices where totals[candidate] < totals[best] { best = candidate }
        state.taken.append(state.candidates[best])
        state.centres += state.values[best * columnCount..<(best + 1) * columnCount]
        state.best = best
        let figures = ["inertia": totals[best]]
        if state.taken.count == clusters { return TrainingRound(figures: figures, isConverged: true) }
        state = self.state(state, with: draw(parts, potentials.map { $0[best] }, best, state.taken))
        return TrainingRound(figures: figures, isConverged: false)
    }

    /// The next candidates, by what the best one leaves of each chunk's inertia.
    private func draw(_ parts: [PlusPlusPart], _ sums: [Double], _ best: Int, _ taken: [Int]) -> [Int] {
        let total = sums.reduce(0, +)
        guard total > 0 else {
            // All rows are at a centre already: any row that was not taken.
            let isTaken = Set(taken)
            return [(0..<table.rowCount).first { !isTaken.contains($0) } ?? 0]
        }
        let random = CounterRandom(seed: seed)
        return (0..<most).map { place in
            let block = random.block(
                row: UInt64(taken.count), draw: UInt32(place), purpose: RandomRows.Purpose.candidates)
            var left = RandomRows.number(block) * total
            var last = 0
            for (chunk, sum) in sums.enumerated() where sum > 0 {
                last = chunk
                if left < sum { break }
                left -= sum
            }
            return parts[last].row(best, at: left)
        }
    }
}

/// What a chunk remembers of the centres that were taken, and of the candidates.
final class PlusPlusPart: Sendable {
    let chunk: TrainingChunk
    /// A row each: |x|², the squared distance from the nearest centre, and what that would be with each candidate.
    let norms: SharedVector<Double>
    let closest: SharedVector<Double>
    let columns: SharedVector<Double>
    /// Σ weight · that, of each candidate.
    let potentials = ChunkValue<[Double]>([])

    init(_ chunk: TrainingChunk, candidates: Int) {
        self.chunk = chunk
        norms = SharedVector(count: chunk.rows.count)
        closest = SharedVector(count: chunk.rows.count)
        columns = SharedVector(count: chunk.rows.count * candidates)
        closest.base.update(repeating: .infinity, count: chunk.rows.count)
    }

    /// Makes a candidate a centre.
    func take(_ candidate: Int) {
        closest.base.update(from: columns.base + candidate * chunk.rows.count, count: chunk.rows.count)
    }

    /// The row of the table at which the sums of weight · squared distance, with a candidate, pass a number.
    func row(_ candidate: Int, at place: Double) -> Int {
        var left = place
        var last = 0
        let column = columns.base + candidate * chunk.rows.count
        for piece in zip(chunk.pieces, starts) {
            for row in 0..<piece.0.rowCount {
                let weight = piece.0.weights.map { $0[$0.startIndex + row] } ?? 1
                let share = weight * column[piece.1 + row]
                guard share > 0 else { continue }
                last = piece.1 + row
                if left < share { return chunk.rows.lowerBound + last }
                left -= share
            }
        }
        return chunk.rows.lowerBound + last
    }

    /// Where each piece begins in the chunk.
    private var starts: [Int] {
        var starts = [0]
        for piece in chunk.pieces { starts.append(starts[starts.count - 1] + piece.rowCount) }
        return starts
    }
}
