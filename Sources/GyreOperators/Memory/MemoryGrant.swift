/// What all operators of a job share beyond their floors.
///
/// An implementation never waits: a request is granted or refused at once.
public protocol SharedMemoryPool: Sendable {
    /// Bytes that are granted at a time.
    var pageBytes: Int { get }
    /// Takes whole pages; false if there are not so many left.
    func take(_ bytes: Int) -> Bool
    /// Gives whole pages back.
    func giveBack(_ bytes: Int)
}

/// The memory of one instance of an operator under the job's budget.
///
/// The rules:
///
/// 1. Each hungry operator has a floor that nobody can take from it: half the budget, divided by all hungry
///    instances. The other half is a pool, first come, first served, in pages.
/// 2. Who keeps rows reserves their bytes first. A refusal means: spill **your own** state, release, ask
///    again. Nobody waits for another's memory, so nobody can wait for ever.
/// 3. After everything has been spilled a request within the floor is always granted.
/// 4. What cannot spill uses `require`, which throws before the budget is passed.
/// 5. Bytes of rows that own memory elsewhere are estimates (`ElementType.estimatedBytes`).
public final class MemoryGrant {
    /// Bytes that are always granted; `Int.max` without a budget.
    public let floor: Int
    /// The job's budget; nil if there is none.
    public let budget: Int?
    /// Bytes that are reserved.
    public private(set) var held = 0
    /// The most that was ever reserved.
    public private(set) var peak = 0
    private var pooled = 0
    private let pool: (any SharedMemoryPool)?
    let node: String

    /// - Parameter node: the operator's name, for errors.
    public init(node: String, floor: Int, budget: Int, pool: any SharedMemoryPool) {
        self.node = node
        self.floor = floor
        self.budget = budget
        self.pool = pool
    }

    /// A grant without limits.
    public init(unlimitedFor node: String) {
        self.node = node
        floor = .max
        budget = nil
        pool = nil
    }

    deinit { release(held) }

    /// Reserves bytes; false if that would pass what is granted, and then nothing has changed.
    public func reserve(_ bytes: Int) -> Bool {
        let needed = held + bytes
        if let pool, needed > floor + pooled {
            let missing = needed - floor - pooled
            let pages = (missing + pool.pageBytes - 1) / pool.pageBytes * pool.pageBytes
            guard pool.take(pages) else { return false }
            pooled += pages
        }
        held = needed
        peak = max(peak, held)
        return true
    }

    /// Gives bytes back; pages of the pool that become free go back to it.
    public func release(_ bytes: Int) {
        held -= bytes
        guard let pool, pooled > 0 else { return }
        let needed = max(0, held - floor)
        let kept = (needed + pool.pageBytes - 1) / pool.pageBytes * pool.pageBytes
        if kept < pooled {
            pool.giveBack(pooled - kept)
            pooled = kept
        }
    }

    /// Bytes of a spilled frame that are in proportion to what the instance may keep.
    var frameBytes: Int { max(1 << 10, min(SpillWriter.frameBytes, floor / 16)) }

    /// Reserves bytes for what cannot be spilled.
    ///
    /// - Throws: `MemoryError.overBudget`; then nothing has been reserved.
    public func require(_ bytes: Int) throws {
        guard reserve(bytes) else {
            throw MemoryError.overBudget(node: node, need: held + bytes, budget: budget ?? .max)
        }
    }
}

/// What a budget can refuse.
public enum MemoryError: Error, Equatable, Sendable {
    /// A node needs memory for something that cannot be spilled.
    case overBudget(node: String, need: Int, budget: Int)
    /// The budget gives hungry operators less than they need to work at all.
    case budgetTooSmall(need: Int, budget: Int)
}

extension MemoryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .overBudget(let node, let need, let budget):
            "node \"\(node)\" needs \(need) bytes that cannot be spilled, the memory budget is \(budget)"
        case .budgetTooSmall(let need, let budget):
            "the memory budget is \(budget) bytes, the job's operators need at least \(need) to work"
        }
    }
}
