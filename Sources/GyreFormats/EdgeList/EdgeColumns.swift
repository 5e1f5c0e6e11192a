/// Edges with integer identifiers as raw columns, to be filled again and again.
///
/// One owner at a time, which is why it may cross threads (`@unchecked Sendable`). Elements 0..<count are initialised;
/// pointers stay valid until the next `reserve` or the end of the object.
public final class EdgeColumns: @unchecked Sendable {
    public private(set) var sources: UnsafeMutablePointer<Int64>
    public private(set) var targets: UnsafeMutablePointer<Int64>
    /// Nil unless asked for; an edge without weight has 1.
    public private(set) var weights: UnsafeMutablePointer<Double>?
    public internal(set) var count = 0
    public private(set) var capacity = 0

    public init(hasWeights: Bool) {
        sources = .allocate(capacity: 0)
        targets = .allocate(capacity: 0)
        weights = hasWeights ? .allocate(capacity: 0) : nil
    }

    deinit {
        sources.deallocate()
        targets.deallocate()
        weights?.deallocate()
    }

    /// Forgets the edges, keeps the memory.
    public func removeAll() {
        count = 0
    }

    /// Makes room for `additional` edges behind `count`. Untouched room costs address space only.
    public func reserve(additional: Int) {
        let needed = count + additional
        guard needed > capacity else { return }
        capacity = max(needed, capacity + capacity / 2)
        sources = Self.grown(sources, count: count, capacity: capacity)
        targets = Self.grown(targets, count: count, capacity: capacity)
        weights = weights.map { Self.grown($0, count: count, capacity: capacity) }
    }

    private static func grown<Element: BitwiseCopyable>(
        _ old: UnsafeMutablePointer<Element>, count: Int, capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.update(from: old, count: count)
        old.deallocate()
        return new
    }
}
