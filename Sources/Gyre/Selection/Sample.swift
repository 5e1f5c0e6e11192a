import GyreColumns
import GyreOperators

extension DataStream {
    /// A random share of the rows, each kept by chance, or repeated where there is replacement.
    ///
    /// Drawn by the seed and the row's place (worker and position there), so that the same input at the same
    /// parallelism gives the same sample.
    ///
    /// - Parameters:
    ///   - fraction: how many rows come out for a row, on average; at most 1 without replacement, at most 100 with.
    ///   - replacement: whether a row may come out more than once.
    public func sample(
        fraction: Double, withReplacement replacement: Bool = false, seed: UInt64 = 0, name: String? = nil
    ) -> DataStream<Element> {
        precondition(
            fraction >= 0 && fraction <= (replacement ? 100 : 1),
            "sample(fraction: \(fraction)), expected 0 ... \(replacement ? 100 : 1)")
        return mapPartition(
            kind: "sampleFraction", name: name,
            parameters: [
                .init("fraction", "\(fraction)"), .init("replacement", "\(replacement)"), .init("seed", "\(seed)"),
            ]
        ) { DrawRows<Element>($0, fraction: fraction, replacement: replacement, seed: seed) }
    }
}

extension DataStream where Element: Codable {
    /// A random sample of `count` rows; all rows, if there are fewer and nothing is replaced.
    ///
    /// Every subset (with replacement: every sequence) is equally likely, whatever the partitions' sizes. Drawn by
    /// the seed and the row's place, as `sample(fraction:)`. One worker holds the result; without replacement it is
    /// in the order of places.
    ///
    /// - Complexity: all rows are read; `count` are kept a worker.
    public func sample(
        count: Int, withReplacement replacement: Bool = false, seed: UInt64 = 0, name: String? = nil
    ) -> DataStream<Element> {
        precondition(count >= 0, "sample(count: \(count)), expected at least 0 rows")
        let parameters: [NodeDescription.Parameter] = [
            .init("count", "\(count)"), .init("replacement", "\(replacement)"), .init("seed", "\(seed)"),
        ]
        guard replacement else {
            return select(count, seed: seed, kind: "sampleCount", name: name, parameters: parameters)
        }
        return mapPartition(kind: "sampleSlots", name: name, parameters: parameters) {
            FillSlots<Element>($0, count: count, seed: seed)
        }
        .global()
        .mapPartition(kind: "sampleSlotsMerge", name: name, parameters: parameters) { _ in
            MergeSlots<Element>(seed: seed)
        }
    }
}
