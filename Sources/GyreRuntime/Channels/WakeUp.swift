import Glibc
import Synchronization

/// Lets one worker sleep until another thread has something for it.
///
/// The sleeper announces itself, looks once more for work, and only then waits; whoever publishes work
/// looks for the announcement afterwards. Both are sequentially consistent, so that one of them sees
/// the other and no wake-up is lost.
///
/// Proof of `@unchecked Sendable`: the pthread objects are made for sharing; the rest is atomic.
public final class WakeUp: @unchecked Sendable {
    private let isSleeping = Atomic<Bool>(false)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    public init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Wakes the sleeper, if there is one. Costs a load if not.
    public func wake() {
        guard isSleeping.load(ordering: .sequentiallyConsistent) else { return }
        pthread_mutex_lock(mutex)
        isSleeping.store(false, ordering: .sequentiallyConsistent)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Sleeps until woken, unless `hasWork` says that there is something to do.
    package func sleep(unless hasWork: () throws -> Bool) rethrows {
        isSleeping.store(true, ordering: .sequentiallyConsistent)
        if try hasWork() {
            isSleeping.store(false, ordering: .sequentiallyConsistent)
            return
        }
        pthread_mutex_lock(mutex)
        while isSleeping.load(ordering: .sequentiallyConsistent) { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }
}
