import Gyre
import GyreLearning

extension LloydProgram {
    /// Gives each cluster without rows the row that is farthest from its centre, as scikit-learn does.
    ///
    /// Rows go in the order of their distance, of equal ones the first first, to the empty clusters in the order of their
    /// numbers. A row at its centre but for rounding, or the last one of its cluster, stays; then a cluster stays empty.
    ///
    /// - Complexity: one pass over all rows on one worker, in rounds that leave a cluster empty.
    /// - Returns: how many rows were moved.
    func relocate(_ parts: [LloydPart], _ state: inout LloydState) -> Int {
        let empty = (0..<clusters).filter { state.totals.counts[$0] == 0 }
        var farthest = FarthestRows(most: empty.count)
        let noise = noise(state)
        for (index, part) in parts.enumerated() {
            part.chunk.forEachPiece(ofRows: LloydScratch.pieceRows) { piece, first in
                for row in 0..<piece.rowCount {
                    let cluster = Int(part.assignments.base[first + row])
                    let weight = piece.weights.map { $0[$0.startIndex + row] } ?? 1
                    guard weight > 0, state.totals.counts[cluster] > 1 else { continue }
                    let square = square(piece.features, row, cluster, state)
                    if square > noise { farthest.offer(square, chunk: index, row: first + row) }
                }
            }
        }
        var moved = 0
        for place in farthest.inOrder {
            let part = parts[place.chunk]
            let old = Int(part.assignments.base[place.row])
            guard state.totals.counts[old] > 1 else { continue }
            move(place.row, of: part, from: old, to: empty[moved], &state.totals)
            moved += 1
        }
        return moved
    }

    /// The squared distance at which rounding may leave a row from its own mean.
    private func noise(_ state: LloydState) -> Double {
        let size = state.squares / state.weight + origin.reduce(0) { $0 + $1 * $1 }
        return max(1e-24 * size, hasSparse ? 4 * margin.cancelled * state.largestNorm : 0)
    }

    private func move(
        _ row: Int, of part: LloydPart, from old: Int, to new: Int, _ totals: inout ClusterTotals
    ) {
        part.chunk.forEachPiece(ofRows: .max) { piece, first in
            guard row >= first, row < first + piece.rowCount else { return }
            let weight = piece.weights.map { $0[$0.startIndex + row - first] } ?? 1
            totals.sums.withUnsafeMutableBufferPointer { sums in
                guard let base = sums.baseAddress else { return }
                add(piece.features, row - first, times: -weight, to: base + old * columnCount)
                add(piece.features, row - first, times: weight, to: base + new * columnCount)
            }
            totals.weights[old] -= weight
            totals.weights[new] += weight
            totals.counts[old] -= 1
            totals.counts[new] += 1
        }
        part.assignments.base[row] = UInt32(new)
        part.upper.base[row] = .infinity
        part.lower.base[row] = 0
    }
}

/// The rows of the largest squared distances; of equal ones the first rows.
private struct FarthestRows {
    struct Place {
        var square: Double
        var chunk: Int
        var row: Int

        /// Whether this one goes before another.
        func isFarther(than other: Place) -> Bool {
            (other.square, chunk, row) < (square, other.chunk, other.row)
        }
    }

    let most: Int
    /// A heap, the nearest on top.
    private var heap: [Place] = []

    init(most: Int) {
        self.most = most
    }

    mutating func offer(_ square: Double, chunk: Int, row: Int) {
        let place = Place(square: square, chunk: chunk, row: row)
        if heap.count < most {
            heap.append(place)
            rise(heap.count - 1)
        } else if place.isFarther(than: heap[0]) {
            heap[0] = place
            sink(0)
        }
    }

    /// Farthest first.
    var inOrder: [Place] { heap.sorted { $0.isFarther(than: $1) } }

    private mutating func rise(_ index: Int) {
        var index = index
        while index > 0, heap[(index - 1) / 2].isFarther(than: heap[index]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink(_ index: Int) {
        var index = index
        while true {
            var top = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[top].isFarther(than: heap[child]) { top = child }
            }
            if top == index { return }
            heap.swapAt(index, top)
            index = top
        }
    }
}
