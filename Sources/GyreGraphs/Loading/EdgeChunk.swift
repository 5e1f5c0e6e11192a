import GyreColumns
import GyreFormats
import GyreOperators

/// The edges of one block of input, as compact as their identifiers allow: 8 bytes an edge where they fit
/// in 32 bits, else 16, and 8 more for a weight.
///
/// It travels through the plan by reference, as the one row of a batch, and is renumbered in place.
final class EdgeChunk: Sendable {
    let count: Int
    /// Source in the high half, target in the low half.
    let narrow: SharedVector<UInt64>?
    /// Sources and targets in turn.
    let wide: SharedVector<Int64>?
    let weights: SharedVector<Double>?

    /// Bytes that the edges take.
    var byteCount: Int { count * ((wide == nil ? 8 : 16) + (weights == nil ? 0 : 8)) }

    init(count: Int, narrow: SharedVector<UInt64>?, wide: SharedVector<Int64>?, weights: SharedVector<Double>?) {
        self.count = count
        self.narrow = narrow
        self.wide = wide
        self.weights = weights
    }

    /// Packs parsed integer edges.
    convenience init(_ columns: EdgeColumns, keepsWeights: Bool) {
        let count = columns.count
        let (sources, targets) = (columns.sources, columns.targets)
        var all: UInt64 = 0
        for index in 0..<count { all |= UInt64(bitPattern: sources[index]) | UInt64(bitPattern: targets[index]) }
        var weights: SharedVector<Double>?
        if keepsWeights, let parsed = columns.weights {
            let copy = SharedVector<Double>(count: count)
            copy.base.update(from: parsed, count: count)
            weights = copy
        }
        if all <= UInt64(UInt32.max) {
            let pairs = SharedVector<UInt64>(count: count)
            let base = pairs.base
            for index in 0..<count {
                base[index] = UInt64(bitPattern: sources[index]) << 32 | UInt64(bitPattern: targets[index])
            }
            self.init(count: count, narrow: pairs, wide: nil, weights: weights)
        } else {
            let ends = SharedVector<Int64>(count: count * 2)
            for index in 0..<count {
                ends.base[2 * index] = sources[index]
                ends.base[2 * index + 1] = targets[index]
            }
            self.init(count: count, narrow: nil, wide: ends, weights: weights)
        }
    }
}

/// An edge between numbered vertices, as it travels to the worker that owns its row.
struct NumberedEdge<Edge: EdgeValue>: BitwiseCopyable, Sendable {
    /// The vertex in whose row the edge goes.
    var row: UInt32
    /// The other end.
    var neighbor: UInt32
    var value: Edge
}
