public import GyreOperators
public import Synchronization

/// The vertices that have changed: a bit each, and a list of them by worker.
///
/// Workers add to the set of the next round while they read this round's; a bit decides who appends. The two
/// change places at the end of a round. A set that was filled chunk by chunk has bits and counts only: where many
/// vertices are active the next round seldom asks for the list, and it is first made when it does.
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

    /// The set as one worker sees it.
    @inlinable
    func view(of worker: Int) -> ActiveView {
        let place = worker &* ActiveSet.stride
        return ActiveView(
            words: words.base, list: lists[worker].base, count: counts.base + place,
            edgeCount: edgeCounts.base + place)
    }

    /// How many vertices there are.
    var count: Int { sum(counts) }
    /// How many edges they have.
    var edgeCount: Int { sum(edgeCounts) }

    private func sum(_ values: SharedVector<Int>) -> Int {
        lists.indices.reduce(0) { $0 + values.base[$1 * ActiveSet.stride] }
    }

    /// How many chunks of at most `size` vertices of one list there are.
    @usableFromInline
    func chunkCount(of size: Int) -> Int {
        lists.indices.reduce(0) { $0 + (counts.base[$1 * ActiveSet.stride] + size - 1) / size }
    }

    /// The vertices of a chunk, as places in one of the lists.
    @usableFromInline
    func chunk(_ chunk: Int, of size: Int) -> (list: Int, places: Range<Int>) {
        var rest = chunk
        for list in lists.indices {
            let count = counts.base[list * ActiveSet.stride]
            let chunks = (count + size - 1) / size
            if rest < chunks { return (list, rest * size..<min((rest + 1) * size, count)) }
            rest -= chunks
        }
        preconditionFailure("chunk \(chunk) of \(chunkCount(of: size))")
    }

    /// Makes the list of a set that has bits and counts only. Runs alone; costs the bitmap and the vertices in it.
    func makeList() {
        let (list, words) = (lists[0].base, words.base)
        var made = 0
        for place in 0..<self.words.count {
            var word = words[place]
            while word != 0 {
                list[made] = UInt32(truncatingIfNeeded: place &* 64 &+ word.trailingZeroBitCount)
                made &+= 1
                word &= word &- 1
            }
        }
        for worker in lists.indices { counts.base[worker * ActiveSet.stride] = worker == 0 ? made : 0 }
    }

    /// Empties the set, which has a list or has not. Costs no more than the vertices in it, or the bitmap.
    func removeAll(isListed: Bool) {
        if isListed, count * 8 < words.count {
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

/// An active set as plain pointers, for inner loops; a worker adds to its own list only.
@usableFromInline
struct ActiveView: BitwiseCopyable {
    @usableFromInline let words: UnsafeMutablePointer<UInt64>
    @usableFromInline let list: UnsafeMutablePointer<UInt32>
    @usableFromInline let count: UnsafeMutablePointer<Int>
    @usableFromInline let edgeCount: UnsafeMutablePointer<Int>

    @inlinable
    init(
        words: UnsafeMutablePointer<UInt64>, list: UnsafeMutablePointer<UInt32>, count: UnsafeMutablePointer<Int>,
        edgeCount: UnsafeMutablePointer<Int>
    ) {
        self.words = words
        self.list = list
        self.count = count
        self.edgeCount = edgeCount
    }

    /// Whether a vertex is in the set.
    @inlinable @inline(__always)
    func contains(_ vertex: Int) -> Bool {
        words[vertex &>> 6] & (1 &<< UInt64(truncatingIfNeeded: vertex & 63)) != 0
    }

    /// Adds a vertex that several workers may be adding; the bit decides whose list it joins.
    @inlinable @inline(__always)
    func insert(_ vertex: Int, edges: Int) {
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: vertex & 63)
        let word = AtomicPlace.of(words + (vertex &>> 6))
        if word.pointee.load(ordering: .relaxed) & bit != 0 { return }
        if word.pointee.bitwiseOr(bit, ordering: .relaxed).oldValue & bit != 0 { return }
        append(vertex, edges: edges)
    }

    @inlinable @inline(__always)
    func append(_ vertex: Int, edges: Int) {
        list[count.pointee] = UInt32(truncatingIfNeeded: vertex)
        count.pointee &+= 1
        edgeCount.pointee &+= edges
    }
}

/// Adds vertices of one claimed chunk, whose words are nobody else's, to the bits of a set and to its counts, which are
/// kept apart until the chunk is done. The list is not made.
@usableFromInline
struct ActiveAppender {
    @usableFromInline let view: ActiveView
    @usableFromInline var count: Int
    @usableFromInline var edgeCount: Int

    @inlinable @inline(__always)
    init(_ view: ActiveView) {
        self.view = view
        count = view.count.pointee
        edgeCount = view.edgeCount.pointee
    }

    @inlinable @inline(__always)
    mutating func insertOwned(_ vertex: Int, edges: Int) {
        view.words[vertex &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: vertex & 63)
        count &+= 1
        edgeCount &+= edges
    }

    /// Makes what was added count.
    @inlinable @inline(__always)
    func finish() {
        view.count.pointee = count
        view.edgeCount.pointee = edgeCount
    }
}
