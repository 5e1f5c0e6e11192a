import GyreOperators
import Synchronization
import Testing

/// A pool of a fixed number of bytes.
private final class Pool: SharedMemoryPool {
    let pageBytes = 100
    private let left: Atomic<Int>

    init(_ bytes: Int) { left = Atomic(bytes) }

    var bytesLeft: Int { left.load(ordering: .relaxed) }

    func take(_ bytes: Int) -> Bool {
        guard bytesLeft >= bytes else { return false }
        left.subtract(bytes, ordering: .relaxed)
        return true
    }

    func giveBack(_ bytes: Int) { left.add(bytes, ordering: .relaxed) }
}

/// The rules of `MemoryGrant`.
struct MemoryGrantTests {
    @Test
    func floorIsAlwaysThereAndThePoolIsFirstComeFirstServed() {
        let pool = Pool(300)
        let first = MemoryGrant(node: "first", floor: 250, budget: 1000, pool: pool)
        let second = MemoryGrant(node: "second", floor: 250, budget: 1000, pool: pool)
        #expect(first.reserve(250) && pool.bytesLeft == 300)
        #expect(first.reserve(201) && pool.bytesLeft == 0)
        #expect(!first.reserve(100) && first.held == 451)
        #expect(second.reserve(250) && !second.reserve(1))
        // Pages that became free serve the other one.
        first.release(101)
        #expect(pool.bytesLeft == 200 && first.held == 350)
        #expect(second.reserve(150) && pool.bytesLeft == 0)
        first.release(350)
        #expect(pool.bytesLeft == 100 && first.held == 0 && first.peak == 451)
        #expect(first.reserve(250))
    }

    @Test
    func grantsGiveEverythingBackWhenTheyEnd() {
        let pool = Pool(1000)
        do {
            let grant = MemoryGrant(node: "node", floor: 10, budget: 2000, pool: pool)
            #expect(grant.reserve(555) && pool.bytesLeft == 400)
        }
        #expect(pool.bytesLeft == 1000)
    }

    @Test
    func whatCannotSpillIsRefusedBeforeItExceeds() {
        let grant = MemoryGrant(node: "table", floor: 64, budget: 128, pool: Pool(0))
        #expect(throws: Never.self) { try grant.require(64) }
        #expect(throws: MemoryError.overBudget(node: "table", need: 65, budget: 128)) { try grant.require(1) }
        #expect(grant.held == 64)
        #expect(MemoryGrant(unlimitedFor: "any").reserve(1 << 40))
    }
}
