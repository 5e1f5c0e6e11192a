import Foundation
import GyreRuntime
import Synchronization
import Testing

/// Runs something that might hang on a thread of its own, and waits for it up to a generous limit.
enum Limit {
    private final class Box<Result: Sendable>: Sendable {
        let result = Mutex<Swift.Result<Result, any Error>?>(nil)
    }

    static func within<Result: Sendable>(
        seconds: Double = 60, _ body: @escaping @Sendable () throws -> Result
    ) throws -> Result {
        let box = Box<Result>()
        let condition = NSCondition()
        Thread.detachNewThread {
            let result = Swift.Result { try body() }
            condition.lock()
            box.result.withLock { $0 = result }
            condition.broadcast()
            condition.unlock()
        }
        let limit = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = box.result.withLock({ $0 }) { return try result.get() }
            guard condition.wait(until: limit) else { throw JobError.stuck }
        }
    }
}

/// A number that closures on several threads add to.
final class Counter: Sendable {
    private let sum = Atomic<Int>(0)
    var value: Int { sum.load(ordering: .sequentiallyConsistent) }
    func add(_ amount: Int = 1) { sum.add(amount, ordering: .sequentiallyConsistent) }
}
