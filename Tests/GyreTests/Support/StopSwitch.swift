import Gyre
import Synchronization

/// Stops a run from what it tells.
final class StopSwitch: Sendable {
    private let execution = Mutex<JobExecution?>(nil)

    func connect(_ execution: JobExecution?) { self.execution.withLock { $0 = execution } }

    func pull() { execution.withLock { $0 }?.cancel() }
}
