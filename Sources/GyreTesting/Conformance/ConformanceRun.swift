import GyreColumns
import GyreOperators
import GyreTime

/// One run of an operator under a checker: a list of events, and perhaps one border at which it is replaced.
struct ConformanceRun<Row: Hashable & Sendable> {
    private enum Event {
        case batch(Batch, port: Int)
        case frontier(Frontier, port: Int)
        case endOfRound(Int)
        case resume
    }

    private let checker: ConformanceChecker<Row>
    private let batchSize: Int
    private let room: Int
    private let memoryFloor: Int?
    private let script: [Event]

    init(checker: ConformanceChecker<Row>, batchSize: Int, room: Int, seed: UInt64, memoryFloor: Int?) {
        self.memoryFloor = memoryFloor
        self.checker = checker
        self.batchSize = batchSize
        self.room = room
        var generator = SeededGenerator(seed: seed)
        script = ConformanceRun.script(for: checker, batchSize: batchSize, &generator)
    }

    /// How many borders there are between events.
    var events: Int { script.count }

    func failures(restoringAt border: Int?) throws -> [String] {
        var settings = HarnessSettings()
        settings.ports = max(1, checker.inputs.count)
        settings.batchSize = batchSize
        settings.room = room
        settings.memoryFloor = memoryFloor
        if checker.rounds != nil { settings.loop = HarnessLoop().context() }
        let harness = try OperatorHarness(checker.make(), settings)
        var found: [String] = []
        for (index, event) in script.enumerated() {
            if index == border { found += try restore(harness) }
            switch event {
            case .batch(let batch, let port): try harness.push(batch, port: port)
            case .frontier(let frontier, let port): try harness.advance(port: port, to: frontier)
            case .resume: try harness.resume()
            case .endOfRound(let round):
                found += checker.compare(rows(harness), with: checker.expected, "round \(round): ")
                harness.output.removeAll()
            }
        }
        if border == script.count { found += try restore(harness) }
        if memoryFloor != nil, settings.spill.spilledBytes < checker.leastSpilledBytes {
            found.append("\(settings.spill.spilledBytes) bytes spilled, expected \(checker.leastSpilledBytes) or more")
        }
        if harness.holdsBack { found.append("input is still refused when all of it has ended") }
        if checker.rounds == nil {
            found += checker.compare(rows(harness), with: checker.expected, "")
        } else if !harness.output.batches.isEmpty {
            found.append("rows after the last round")
        }
        return found
    }

    private func rows(_ harness: OperatorHarness) -> [Row] {
        checker.observe?() ?? harness.output.rows()
    }

    private func restore(_ harness: OperatorHarness) throws -> [String] {
        let isRead = try harness.replace(by: checker.make(), restoring: harness.snapshot())
        return isRead ? [] : ["the snapshot was not read to its end"]
    }

    private static func script(
        for checker: ConformanceChecker<Row>, batchSize: Int, _ generator: inout SeededGenerator
    ) -> [Event] {
        if checker.isSource {
            let rows = checker.expected.count
            return Array(repeating: .resume, count: (rows + batchSize - 1) / batchSize)
        }
        var events: [Event] = []
        let ports = checker.inputs.indices
        guard let rounds = checker.rounds else {
            let queues = ports.map { port in
                // Between batches stand event-time frontiers, which complete nothing outside windows.
                checker.inputs[port].batches(of: batchSize).enumerated().flatMap { index, batch in
                    [.batch(batch, port: port)]
                        + (index % 2 == 1
                            ? [.frontier(Frontier(time: Timestamp(milliseconds: Int64(index))), port: port)] : [])
                } + [Event.frontier(.end, port: port)]
            }
            return merge(queues, &generator)
        }
        for round in 1...rounds {
            let queues = ports.map { port -> [Event] in
                let input = checker.inputs[port]
                if input.isConstant, round > 1 { return [] }
                let end = Event.frontier(input.isConstant ? .end : .marker(ofRound: round), port: port)
                return input.batches(of: batchSize).map { .batch($0, port: port) } + [end]
            }
            events += merge(queues, &generator)
            events.append(.endOfRound(round))
        }
        return events + ports.filter { !checker.inputs[$0].isConstant }.map { .frontier(.end, port: $0) }
    }

    /// One order of all events that keeps the order of each port.
    private static func merge(_ queues: [[Event]], _ generator: inout SeededGenerator) -> [Event] {
        var open = queues.filter { !$0.isEmpty }.map { $0[...] }
        var merged: [Event] = []
        while !open.isEmpty {
            let index = generator.below(open.count)
            if let event = open[index].popFirst() { merged.append(event) }
            if open[index].isEmpty { open.remove(at: index) }
        }
        return merged
    }
}
