import GyreColumns
import GyreOperators
import GyreTesting
import GyreTime
import Testing

/// Heads of loops, with decisions made by the test: rows of a later round that come early, and a restore
/// at every border.
struct LoopHeadTests {
    private func settings(_ loop: LoopContext, ports: Int, feedback: Int) -> HarnessSettings {
        var settings = HarnessSettings()
        settings.ports = ports
        settings.feedbackPorts = feedback
        settings.loop = loop
        settings.room = 1
        return settings
    }

    /// Runs a list of steps, once through and once for each border with a restore there; all must emit the same.
    private func holdAtEveryBorder(
        make: () -> Operator, ports: Int, feedback: Int, steps: [(OperatorHarness, HarnessLoop) throws -> Void],
        observe: (CollectingOutput) -> [Int: [Int]]
    ) throws -> [Int: [Int]] {
        var plain: [Int: [Int]]?
        for border in [nil] + steps.indices.map({ $0 }) {
            let loop = HarnessLoop()
            // A restored head finds a loop of its own, as after a restart: nothing of the solution set is left.
            var current = settings(loop.context(), ports: ports, feedback: feedback)
            let harness = try OperatorHarness(make(), current)
            for (index, step) in steps.enumerated() {
                if index == border {
                    current.loop = loop.context()
                    harness.move(to: current)
                    let isRead = try harness.replace(by: make(), restoring: harness.snapshot())
                    #expect(isRead, "border \(index)")
                }
                try step(harness, loop)
            }
            let found = observe(harness.output)
            if plain == nil { plain = found }
            #expect(found == plain, "restored at border \(border ?? -1)")
            #expect(harness.output.frontiers[1] == [.end], "border \(border ?? -1)")
        }
        return plain ?? [:]
    }

    @Test
    func bulk() throws {
        let elements = ElementType.encodableRows(of: Int.self)
        let output = try holdAtEveryBorder(
            make: { BulkHead(variable: 0, feedbackPorts: 2, conditionPort: 2, elements: elements) }, ports: 1,
            feedback: 2,
            steps: [
                { harness, _ in try harness.push(rows: [1]) },
                { harness, _ in try harness.push(rows: [2]) },
                { harness, _ in try harness.end() },
                { harness, _ in try harness.push(rows: [10], port: 1) },
                { harness, _ in try harness.push(rows: ["on"], port: 2) },
                { harness, _ in try harness.advance(port: 1, to: .marker(ofRound: 1)) },
                { harness, _ in try harness.advance(port: 2, to: .marker(ofRound: 1)) },
                { _, loop in
                    #expect(loop.arrivals.last?.workset == 1 && loop.arrivals.last?.changed == 1)
                    loop.decide(.proceed, afterRound: 1)
                },
                // Another worker has read the decision first: these belong to round 3.
                { harness, _ in try harness.push(rows: [20, 21], port: 1) },
                { harness, _ in try harness.push(rows: ["on", "on"], port: 2) },
                { harness, _ in while try harness.resume() == .more {} },
                { harness, _ in try harness.push(rows: [22], port: 1) },
                { harness, _ in try harness.advance(port: 1, to: .marker(ofRound: 2)) },
                { harness, _ in try harness.advance(port: 2, to: .marker(ofRound: 2)) },
                { _, loop in
                    #expect(loop.arrivals.last?.workset == 2 && loop.arrivals.last?.changed == 3)
                    loop.decide(.end(.criterion), afterRound: 2)
                },
                { harness, _ in while try harness.resume() == .more {} },
            ],
            observe: { [0: $0.rows(), 1: $0.rows(port: 1)] })
        #expect(output == [0: [1, 2, 10], 1: [20, 21, 22]])
    }

    @Test
    func delta() throws {
        let elements = ElementType.encodableRows(of: Pair<Int, Int>.self)
        let work = ElementType.encodableRows(of: Int.self)
        let insert: DeltaHead<Int, Pair<Int, Int>>.Insert = { rows, count, table in
            for index in 0..<count {
                table.value(of: rows[index].first, hash: rows[index].first.keyHash) { rows[index] }.pointee =
                    rows[index]
            }
        }
        let output = try holdAtEveryBorder(
            make: { DeltaHead(head: 0, feedbackPorts: 2, rows: (elements, work), insert: insert) }, ports: 2,
            feedback: 2,
            steps: [
                { harness, _ in try harness.push(rows: [Pair(1, 0), Pair(2, 0)]) },
                { harness, _ in try harness.push(rows: [7], port: 1) },
                { harness, _ in try harness.end() },
                { _, loop in
                    #expect(loop.arrivals.last?.round == 0 && loop.arrivals.last?.workset == 1)
                    loop.decide(.proceed, afterRound: 0)
                },
                // Early: deltas of round 1, before this head has begun it.
                { harness, _ in try harness.push(rows: [Pair(1, 10)], port: 2) },
                { harness, _ in while try harness.resume() == .more {} },
                { harness, _ in try harness.push(rows: [Pair(3, 30)], port: 2) },
                { harness, _ in try harness.push(rows: [8, 9], port: 3) },
                { harness, _ in try harness.advance(port: 2, to: .marker(ofRound: 1)) },
                { harness, _ in try harness.advance(port: 3, to: .marker(ofRound: 1)) },
                { _, loop in
                    #expect(loop.arrivals.last?.workset == 2 && loop.arrivals.last?.changed == 2)
                    loop.decide(.proceed, afterRound: 1)
                },
                { harness, _ in while try harness.resume() == .more {} },
                { harness, _ in try harness.push(rows: [Pair(2, 20)], port: 2) },
                { harness, _ in try harness.advance(port: 2, to: .marker(ofRound: 2)) },
                { harness, _ in try harness.advance(port: 3, to: .marker(ofRound: 2)) },
                { _, loop in
                    #expect(loop.arrivals.last?.workset == 0 && loop.arrivals.last?.changed == 1)
                    loop.decide(.end(.emptyWorkset), afterRound: 2)
                },
                { harness, _ in while try harness.resume() == .more {} },
            ],
            observe: {
                [0: $0.rows(), 1: $0.rows(of: Pair<Int, Int>.self, port: 1).flatMap { [$0.first, $0.second] }]
            })
        #expect(output[0] == [7, 8, 9])
        let solution = output[1] ?? []
        #expect(
            Set(stride(from: 0, to: solution.count, by: 2).map { Pair(solution[$0], solution[$0 + 1]) })
                == [Pair(1, 10), Pair(2, 20), Pair(3, 30)])
    }

    /// Saves a head's state after round 1, and compares how it goes on with how a new head does that is given the state
    /// and another input, which it must drop.
    private func holdResumed(
        make: () -> Operator, ports: Int, feedback: Int, roundOne: (OperatorHarness, HarnessLoop) throws -> Void,
        otherInput: (OperatorHarness) throws -> Void, rest: (OperatorHarness, HarnessLoop) throws -> Void,
        observe: (CollectingOutput) -> [Int: [Int]]
    ) throws -> [Int: [Int]] {
        let loop = HarnessLoop()
        let first = try OperatorHarness(make(), settings(loop.context(), ports: ports, feedback: feedback))
        try roundOne(first, loop)
        loop.awaitState(afterRound: 1)
        #expect(try first.resume() == .more)
        // Once is enough.
        #expect(try first.resume() == .idle)
        #expect(loop.savedFrames > 0)
        let before = observe(first.output)

        let resumed = HarnessLoop(resuming: loop, afterRound: 1)
        let second = try OperatorHarness(make(), settings(resumed.context(), ports: ports, feedback: feedback))
        try otherInput(second)
        try second.end()
        #expect(observe(second.output).values.allSatisfy { $0.isEmpty })
        #expect(resumed.arrivals.map(\.round) == [1])
        for (harness, loop) in [(first, loop), (second, resumed)] {
            loop.decide(.proceed, afterRound: 1)
            while try harness.resume() == .more {}
            try rest(harness, loop)
        }
        let whole = observe(first.output)
        let behind = whole.mapValues { $0 }.merging(before) { all, start in Array(all.dropFirst(start.count)) }
        #expect(observe(second.output) == behind)
        return behind
    }

    @Test
    func bulkGoesOnFromWhatItSaved() throws {
        let elements = ElementType.encodableRows(of: Int.self)
        let output = try holdResumed(
            make: { BulkHead(variable: 0, feedbackPorts: 1, conditionPort: nil, elements: elements) }, ports: 1,
            feedback: 1,
            roundOne: { harness, _ in
                try harness.push(rows: [1, 2])
                try harness.end()
                try harness.push(rows: [10], port: 1)
                try harness.push(rows: [11, 12], port: 1)
                try harness.advance(port: 1, to: .marker(ofRound: 1))
            },
            otherInput: { try $0.push(rows: [77]) },
            rest: { harness, loop in
                try harness.push(rows: [20], port: 1)
                try harness.advance(port: 1, to: .marker(ofRound: 2))
                #expect(loop.arrivals.last?.changed == 1)
                loop.decide(.end(.criterion), afterRound: 2)
                while try harness.resume() == .more {}
            },
            observe: { [0: $0.rows(), 1: $0.rows(port: 1)] })
        #expect(output == [0: [10, 11, 12], 1: [20]])
    }

    @Test
    func deltaGoesOnFromWhatItSaved() throws {
        let elements = ElementType.encodableRows(of: Pair<Int, Int>.self)
        let work = ElementType.encodableRows(of: Int.self)
        let insert: DeltaHead<Int, Pair<Int, Int>>.Insert = { rows, count, table in
            for index in 0..<count {
                table.value(of: rows[index].first, hash: rows[index].first.keyHash) { rows[index] }.pointee =
                    rows[index]
            }
        }
        let output = try holdResumed(
            make: { DeltaHead(head: 0, feedbackPorts: 2, rows: (elements, work), insert: insert) }, ports: 2,
            feedback: 2,
            roundOne: { harness, loop in
                try harness.push(rows: [Pair(1, 0), Pair(2, 0)])
                try harness.push(rows: [7], port: 1)
                try harness.end()
                loop.decide(.proceed, afterRound: 0)
                while try harness.resume() == .more {}
                try harness.push(rows: [Pair(1, 10), Pair(3, 30)], port: 2)
                try harness.push(rows: [8, 9], port: 3)
                try harness.advance(port: 2, to: .marker(ofRound: 1))
                try harness.advance(port: 3, to: .marker(ofRound: 1))
            },
            otherInput: { harness in
                try harness.push(rows: [Pair(99, 9)])
                try harness.push(rows: [99], port: 1)
            },
            rest: { harness, loop in
                try harness.push(rows: [Pair(2, 20)], port: 2)
                try harness.advance(port: 2, to: .marker(ofRound: 2))
                try harness.advance(port: 3, to: .marker(ofRound: 2))
                #expect(loop.arrivals.last?.workset == 0 && loop.arrivals.last?.changed == 1)
                loop.decide(.end(.emptyWorkset), afterRound: 2)
                while try harness.resume() == .more {}
            },
            observe: {
                [0: $0.rows(), 1: $0.rows(of: Pair<Int, Int>.self, port: 1).flatMap { [$0.first, $0.second] }]
            })
        #expect(output[0] == [8, 9])
        let solution = output[1] ?? []
        #expect(
            Set(stride(from: 0, to: solution.count, by: 2).map { Pair(solution[$0], solution[$0 + 1]) })
                == [Pair(1, 10), Pair(2, 20), Pair(3, 30)])
    }

    @Test
    func resumedDecisions() {
        let resumed = LoopDecision.resumed
        #expect(resumed(3, 5, nil) == .proceed)
        #expect(resumed(5, 5, nil) == .end(.maximumRounds))
        #expect(resumed(3, 3, .maximumRounds) == .end(.maximumRounds))
        #expect(resumed(3, 5, .maximumRounds) == .proceed)
        #expect(resumed(3, 5, .criterion) == .end(.criterion))
        #expect(resumed(3, 5, .emptyWorkset) == .end(.emptyWorkset))
    }

    @Test(arguments: [0, 1, 2, 3])
    func decisions(round: Int) {
        let decide = LoopDecision.decide
        #expect(decide(round, 3, true, 0, false) == .end(.emptyWorkset))
        #expect(decide(round, 3, false, 0, true) == (round == 0 ? .proceed : .end(.criterion)))
        #expect(decide(round, 3, true, 1, false) == (round == 3 ? .end(.maximumRounds) : .proceed))
    }
}
