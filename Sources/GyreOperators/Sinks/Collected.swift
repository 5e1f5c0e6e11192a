import GyreColumns
import Synchronization

/// What a `collect` sink gathers: rows by instance, readable when the job has ended.
public final class Collected<Element: Sendable>: Sendable {
    private struct Contents {
        var parts: [Int: [RowBatch<Element>]] = [:]
        /// All rows, once somebody has asked for them in one piece.
        var joined: [Element]?
    }

    private let contents = Mutex(Contents())

    public init() {}

    func store(_ batches: [RowBatch<Element>], of instance: Int) {
        contents.withLock { contents in
            contents.parts[instance] = batches
            contents.joined = nil
        }
    }

    /// Forgets what an earlier run with more instances has left.
    func keepInstances(below count: Int) {
        contents.withLock { contents in
            contents.parts = contents.parts.filter { $0.key < count }
            contents.joined = nil
        }
    }

    private static func inOrder(_ contents: borrowing Contents) -> [RowBatch<Element>] {
        contents.parts.keys.sorted().flatMap { contents.parts[$0] ?? [] }
    }

    /// How many rows there are.
    public var count: Int {
        contents.withLock { contents in contents.parts.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }
    }

    /// Gives the rows piece by piece as they were gathered, those of the first instance first; nothing is copied.
    public func forEachBatch<Failure>(_ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Void) throws(Failure) {
        let batches = contents.withLock { Collected.inOrder($0) }
        for batch in batches { try body(batch.elements) }
    }

    /// All rows, those of the first instance first.
    ///
    /// - Complexity: the first call copies all rows into one array.
    public var elements: [Element] {
        contents.withLock { contents in
            if let joined = contents.joined { return joined }
            let batches = Collected.inOrder(contents)
            let count = batches.reduce(0) { $0 + $1.count }
            let joined = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
                for batch in batches {
                    guard let base = buffer.baseAddress else { break }
                    (base + initialized).initialize(from: batch.rows, count: batch.count)
                    initialized += batch.count
                }
            }
            contents.joined = joined
            return joined
        }
    }
}
