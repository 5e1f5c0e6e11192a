import GyreOperators
import Synchronization

/// Divides a job's memory budget: a floor for every hungry instance, and a pool of pages for who asks first.
///
/// Grants are accounts: memory itself comes from the allocator, of which large blocks return to the system. The
/// promise covers what operators keep, not what user closures allocate, nor the batches under way.
final class MemoryArbiter: SharedMemoryPool {
    /// Below this an operator cannot keep a few batches, or a page of each spill partition.
    static let leastFloor = 64 << 10

    let budget: Int
    let floor: Int
    let pageBytes: Int
    private let left: Atomic<Int>

    /// - Parameter hungry: instances of operators that keep rows.
    /// - Throws: `MemoryError.budgetTooSmall`.
    init(budget: Int, hungry: Int) throws {
        let floor = budget / 2 / max(1, hungry)
        guard hungry == 0 || floor >= MemoryArbiter.leastFloor else {
            throw MemoryError.budgetTooSmall(need: 2 * hungry * MemoryArbiter.leastFloor, budget: budget)
        }
        self.budget = budget
        self.floor = floor
        pageBytes = budget >= 64 << 20 ? 1 << 20 : 64 << 10
        left = Atomic(budget - floor * hungry)
    }

    func grant(for node: String, isHungry: Bool) -> MemoryGrant {
        MemoryGrant(node: node, floor: isHungry ? floor : 0, budget: budget, pool: self)
    }

    func take(_ bytes: Int) -> Bool {
        var seen = left.load(ordering: .relaxed)
        while seen >= bytes {
            let (exchanged, original) = left.compareExchange(
                expected: seen, desired: seen - bytes, ordering: .relaxed)
            if exchanged { return true }
            seen = original
        }
        return false
    }

    func giveBack(_ bytes: Int) {
        left.add(bytes, ordering: .relaxed)
    }
}
