import Gyre
import GyreTesting
import Synchronization
import Testing

/// What an observer of a job is told.
struct ProgressTests {
    @Test(arguments: [1, 2, 3, 7])
    func roundsAreReportedInOrderWithTheirFigures(parallelism: Int) throws {
        let events = Mutex<[String]>([])
        let total = Aggregator<Int>.sum("total")
        let job = Job()
        _ = job.elements([1, 2, 3]).iterate(maximum: 3, name: "double", aggregators: [total.erased]) { rows in
            rows.contribute(to: total) { $0 += $1 }.map { $0 * 2 }
        }.collect()
        let configuration = JobConfiguration(
            parallelism: parallelism, clock: VirtualClock(),
            onProgress: { event in
                events.withLock { events in
                    switch event {
                    case .round(let loop, let round):
                        events.append("\(loop) \(round.number): \(round.changed), \(round.aggregators["total"] ?? -1)")
                    case .loopEnded(let loop, let rounds, let end): events.append("\(loop) \(rounds) \(end)")
                    case .ended(let spilledBytes): events.append("ended, \(spilledBytes) bytes spilled")
                    case .resumed, .checkpoint, .passedOver: Issue.record("\(event)")
                    }
                }
            })
        try job.run(configuration)
        #expect(
            events.withLock { $0 }
                == [
                    "double 1: 3, 6.0", "double 2: 3, 12.0", "double 3: 3, 24.0", "double 3 maximumRounds",
                    "ended, 0 bytes spilled",
                ])
    }
}
