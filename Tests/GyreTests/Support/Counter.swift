import Synchronization

/// A number that closures on several workers add to.
final class Counter: Sendable {
    private let sum = Atomic<Int>(0)
    var value: Int { sum.load(ordering: .sequentiallyConsistent) }
    func add(_ amount: Int = 1) { sum.add(amount, ordering: .sequentiallyConsistent) }
}
