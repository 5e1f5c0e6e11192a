import Synchronization

/// What a graph and its programs may take of memory, and have taken.
///
/// Rows, chunks of edges and vertices' values cannot spill, so a request that would pass the budget is refused
/// before the memory is taken. The account knows the arrays, which are nearly all; blocks of text and batches
/// under way, some 20 MiB, are not in it.
final class MemoryAccount: Sendable {
    let budget: Int?
    private let taken = Atomic<Int>(0)

    init(budget: Int?) {
        self.budget = budget
    }

    /// Takes memory for a node.
    ///
    /// - Throws: `GraphError.overBudget` where the budget does not allow it; then nothing is taken.
    func take(_ bytes: Int, for node: String) throws {
        let total = taken.add(bytes, ordering: .relaxed).newValue
        guard let budget, total > budget else { return }
        taken.subtract(bytes, ordering: .relaxed)
        throw GraphError.overBudget(node: node, need: total, budget: budget)
    }

    /// Takes memory that is given back when the lease is released.
    func lease(_ bytes: Int, for node: String) throws -> MemoryLease {
        try take(bytes, for: node)
        return MemoryLease(account: self, bytes: bytes)
    }

    /// Gives memory back.
    func release(_ bytes: Int) {
        taken.subtract(bytes, ordering: .relaxed)
    }
}

/// Memory that a run of a program has taken, for as long as the run's engine lives.
@usableFromInline
final class MemoryLease: Sendable {
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
