import Glibc

/// Drives a worker on a thread of its own until it is done, fails or is told to stop.
///
/// An idle worker looks for work for a short while, because a round's barrier is often a few
/// microseconds away, and then sleeps; with more workers than cores it sleeps at once.
final class WorkerThread {
    /// What a thread is started with. The worker is made on the thread and never leaves it.
    private final class Start {
        let body: () -> Void
        init(body: @escaping () -> Void) { self.body = body }
    }

    private var thread = pthread_t()

    /// Starts a thread that runs `body`.
    init(body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body: body))
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, start.toOpaque())
        precondition(result == 0, "cannot start a thread: \(String(cString: strerror(result)))")
    }

    /// Waits until the thread has ended.
    func join() {
        pthread_join(thread, nil)
    }

    /// Lets the thread end by itself.
    func detach() {
        pthread_detach(thread)
    }
}
