import Synchronization

/// What a data set that is kept in memory, and the programs that run on it, may take and have taken.
///
/// Rows of a graph, blocks of features and the values of dense iterations cannot spill, so a request that would pass the
/// budget is refused before the memory is taken. The account outlives a job: a set is loaded by one and used by others.
/// It knows the large arrays, which are nearly all; blocks of text and batches under way, some 20 MiB, are not in it.
public final class MemoryAccount: Sendable {
    /// In bytes; nil is no limit.
    public let budget: Int?
    private let taken = Atomic<Int>(0)

    public init(budget: Int?) {
        self.budget = budget
    }

    /// Takes memory for a node.
    ///
    /// - Throws: `MemoryError.overBudget` where the budget does not allow it; then nothing is taken.
    public func take(_ bytes: Int, for node: String) throws(MemoryError) {
        let total = taken.add(bytes, ordering: .relaxed).newValue
        guard let budget, total > budget else { return }
        taken.subtract(bytes, ordering: .relaxed)
        throw .overBudget(node: node, need: total, budget: budget)
    }

    /// Takes memory that is given back when the lease is released.
    public func lease(_ bytes: Int, for node: String) throws(MemoryError) -> MemoryLease {
        try take(bytes, for: node)
        return MemoryLease(account: self, bytes: bytes)
    }

    /// A lease of memory that has been taken piece by piece.
    public func lease(taken bytes: Int) -> MemoryLease {
        MemoryLease(account: self, bytes: bytes)
    }

    /// Gives memory back.
    public func release(_ bytes: Int) {
        taken.subtract(bytes, ordering: .relaxed)
    }
}

/// Memory that a run of a program has taken, for as long as the run's engine lives.
public final class MemoryLease: Sendable {
    private let account: MemoryAccount
    private let bytes: Int

    init(account: MemoryAccount, bytes: Int) {
        self.account = account
        self.bytes = bytes
    }

    deinit {
        account.release(bytes)
    }
}
