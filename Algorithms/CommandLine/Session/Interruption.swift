import Dispatch
import Foundation

/// Watches for SIGINT and SIGTERM on a queue of its own, so that a run that waits in a system call is ended too.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    init(_ onSignal: @escaping @Sendable (ExitStatus) -> Void) {
        let queue = DispatchQueue(label: "gyre.signals")
        let watched: [(Int32, ExitStatus)] = [(SIGINT, .interrupted), (SIGTERM, .terminated)]
        sources = watched.map { number, status in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { onSignal(status) }
            source.activate()
            // From here on the default action, to end at once, is off; the source sees the signal all the same.
            signal(number, SIG_IGN)
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
