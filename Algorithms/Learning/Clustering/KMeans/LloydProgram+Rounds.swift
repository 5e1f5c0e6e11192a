import Gyre
import GyreLearning

extension LloydProgram {
    func endRound(_ parts: [LloydPart], _ state: inout LloydState, round: Int) throws -> TrainingRound {
        let tallies = parts.map { $0.tally.value }
        if round == 1 { try take(tallies, &state) }
        let isRefreshed = Self.isRefreshed(round) || state.isRefreshDue
        if isRefreshed { state.totals = ClusterTotals(clusters: clusters, columnCount: columnCount) }
        let before = state.totals.weights
        for part in parts { part.changes.add(to: &state.totals) }
        clearEmpty(&state.totals)
        var changed = tallies.reduce(0) { $0 + $1.changed }
        var moved = 0
        if state.totals.counts.contains(0) { moved = relocate(parts, &state) }
        changed += moved
        state.isRefreshDue =
            moved > 0 || zip(before, state.totals.weights).contains { $1 < $0 * 0x1p-20 }
        let movement = moveCentres(&state)
        let inertia = inertia(of: state)
        guard movement.isFinite, inertia.isFinite else {
            throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "k-means", round: round)
        }
        return TrainingRound(
            figures: ["inertia": inertia, "movement": movement],
            isConverged: !state.isRefreshDue && (changed == 0 || movement <= tolerance),
            changed: changed)
    }

    /// Round 1 has seen all rows.
    private func take(_ tallies: [LloydPart.Tally], _ state: inout LloydState) throws {
        if let row = tallies.lazy.compactMap(\.badWeight).first { throw LearningError.badWeight(row: row) }
        for tally in tallies {
            state.squares += tally.squares
            state.weight += tally.weight
            state.largestNorm = max(state.largestNorm, tally.largestNorm)
        }
        guard state.squares.isFinite, state.weight.isFinite else {
            throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "k-means", round: 1)
        }
        guard state.weight > 0 else { throw LearningError.noWeight }
    }

    /// Without rows a cluster has no sums; what is there is rounding.
    func clearEmpty(_ totals: inout ClusterTotals) {
        for cluster in 0..<clusters where totals.counts[cluster] == 0 {
            totals.weights[cluster] = 0
            for place in cluster * columnCount..<(cluster + 1) * columnCount { totals.sums[place] = 0 }
        }
    }

    /// Moves each centre to the mean of its rows; one without rows stays. Answers the largest squared movement.
    private func moveCentres(_ state: inout LloydState) -> Double {
        var largest = 0.0
        var isFinite = true
        var mean = Array(repeating: 0.0, count: columnCount)
        for cluster in 0..<clusters {
            // Without weight, what is left of the sums is rounding; they are made anew in the next round.
            guard state.totals.counts[cluster] > 0, state.totals.weights[cluster] > 0 else {
                state.movements[cluster] = 0
                continue
            }
            let weight = state.totals.weights[cluster]
            for column in 0..<columnCount {
                mean[column] = origin[column] + state.totals.sums[cluster * columnCount + column] / weight
            }
            let square = state.centres.withUnsafeMutableBufferPointer { centres in
                mean.withUnsafeBufferPointer { mean in
                    guard let old = centres.baseAddress, let new = mean.baseAddress else { return 0.0 }
                    let square = SquaredDistance.dense(old + cluster * columnCount, new, columnCount)
                    (old + cluster * columnCount).update(from: new, count: columnCount)
                    return square
                }
            }
            state.movements[cluster] = margin.above(square.squareRoot())
            largest = max(largest, square)
            isFinite = isFinite && square.isFinite
        }
        state.version += 1
        if hasSparse {
            state.norms = norms(of: state.centres)
            for norm in state.norms { state.largestNorm = max(state.largestNorm, norm) }
            // Both bounds, and both distances that they stand for, may be off by the root of the squares' rounding.
            state.slack = 8 * (margin.cancelled * state.largestNorm).squareRoot()
        }
        return isFinite ? largest : .infinity
    }

    /// The inertia of this round's clusters around their means.
    private func inertia(of state: LloydState) -> Double {
        var between = 0.0
        for cluster in 0..<clusters where state.totals.counts[cluster] > 0 && state.totals.weights[cluster] > 0 {
            var square = 0.0
            for column in 0..<columnCount {
                let sum = state.totals.sums[cluster * columnCount + column]
                square += sum * sum
            }
            between += square / state.totals.weights[cluster]
        }
        return max(0, state.squares - between)
    }

    /// A chunk's rows among the final centres.
    struct Final: Codable, Sendable {
        /// Σ weight · squared distance from the row's centre.
        var inertia = 0.0
        /// Rows a cluster.
        var counts: [Int]
    }

    func finish(_ chunk: TrainingChunk, _ part: LloydPart, _ state: LloydState) -> Final {
        var final = Final(counts: Array(repeating: 0, count: clusters))
        let isFresh = part.tally.value.isFresh
        state.space.withScratch(makeScratch) { scratch in
            chunk.forEachPiece(ofRows: LloydScratch.pieceRows) { piece, first in
                let assignments = part.assignments.base + first
                let pending = assign(
                    piece, part, first, state, hasBounds: !isFresh, found: scratch.found.base, scratch: scratch)
                for place in 0..<pending {
                    let row = Int(scratch.pending.base[place])
                    assignments[row] = scratch.found.base[row]
                }
                for row in 0..<piece.rowCount {
                    let cluster = Int(assignments[row])
                    final.counts[cluster] += 1
                    let weight = piece.weights.map { $0[$0.startIndex + row] } ?? 1
                    final.inertia += weight * square(piece.features, row, cluster, state)
                }
            }
        }
        // The bounds are those of these centres now, and would be moved once more by another call.
        part.tally.change { $0.isFresh = true }
        return final
    }
}
