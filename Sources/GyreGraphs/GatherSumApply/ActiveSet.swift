public import GyreOperators
public import Synchronization

/// The vertices that have changed: a bit each, and a list of them by worker.
///
/// Workers add to the set of the next round while they read this round's; a bit decides who appends. The two
/// change places at the end of a round.
@usableFromInline
final class ActiveSet: Sendable {
    @usableFromInline let words: SharedVector<UInt64>
    /// Room for all vertices for each worker, touched only as far as it is used.
    @usableFromInline let lists: [SharedVector<UInt32>]
    /// By worker: how many vertices are in its list, and how many edges these have.
    @usableFromInline let counts: SharedVector<Int>
    @usableFromInline let edgeCounts: SharedVector<Int>

    /// Places of two workers' counters lie on different cache lines.
    @usableFromInline static var stride: Int { 16 }

    @usableFromInline
    init(vertices: Int, workers: Int) {
        words = SharedVector(count: (vertices + 63) / 64)
        lists = (0..<workers).map { _ in SharedVector(count: vertices) }
        counts = SharedVector(count: workers * ActiveSet.stride)
        edgeCounts = SharedVector(count: workers * ActiveSet.stride)
    }

    /// Whether a vertex is in the set.
    @inlinable @inline(__always)
    func contains(_ vertex: Int) -> Bool {
        words.base[vertex &>> 6] & (1 &<< UInt64(vertex & 63)) != 0
    }

    /// Adds a vertex that several workers may be adding.
    @inlinable @inline(__always)
    func insert(_ vertex: Int, edges: Int, worker: Int) {
        let bit: UInt64 = 1 &<< UInt64(vertex & 63)
        let word = AtomicPlace.of(words.base + (vertex &>> 6))
        if word.pointee.load(ordering: .relaxed) & bit != 0 { return }
        if word.pointee.bitwiseOr(bit, ordering: .relaxed).oldValue & bit != 0 { return }
        let place = worker &* ActiveSet.stride
        lists[worker].base[counts.base[place]] = UInt32(truncatingIfNeeded: vertex)
        counts.base[place] &+= 1
        edgeCounts.base[place] &+= edges
    }

    /// How many vertices there are.
    var count: Int { sum(counts) }
    /// How many edges they have.
    var edgeCount: Int { sum(edgeCounts) }

    private func sum(_ values: SharedVector<Int>) -> Int {
        lists.indices.reduce(0) { $0 + values.base[$1 * ActiveSet.stride] }
    }

    /// Empties the set. Costs no more than the vertices in it, or the bitmap.
    func removeAll() {
        if count * 8 < words.count {
            for (worker, list) in lists.enumerated() {
                for index in 0..<counts.base[worker * ActiveSet.stride] { words.base[Int(list.base[index]) >> 6] = 0 }
            }
        } else {
            words.base.update(repeating: 0, count: words.count)
        }
        for worker in lists.indices {
            counts.base[worker * ActiveSet.stride] = 0
            edgeCounts.base[worker * ActiveSet.stride] = 0
        }
    }
}
