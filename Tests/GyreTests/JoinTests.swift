import Gyre
import GyreTesting
import Testing

/// Whole jobs with joins: every kind by every strategy, with and without spilling, against a dictionary of groups.
struct JoinTests {
    struct Row: Sendable, Codable, Equatable {
        var key: Int
        var number: Int
        var a = 1
        var b = 2
        var c = 3
        var d = 4
        var e = 5
        var f = 6
    }

    /// What comes out, whatever its order: how many rows, and a sum of a hash of each.
    struct Digest: Sendable, Codable, Equatable {
        var count = 0
        var sum: UInt64 = 0

        mutating func add(_ left: Int, _ right: Int) {
            count += 1
            sum &+= StableHash.combine(UInt64(bitPattern: Int64(left)), UInt64(bitPattern: Int64(right)))
        }
    }

    static func rows(_ count: Int, keys: Int, seed: UInt64, heavy: Int = 0) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            Row(key: number < heavy ? 7 : generator.below(keys) * 3 + Int(seed & 1), number: number)
        }
    }

    static func expected(_ kind: JoinKind, _ left: [Row], _ right: [Row]) -> Digest {
        let lefts = Dictionary(grouping: left, by: \.key)
        let rights = Dictionary(grouping: right, by: \.key)
        var digest = Digest()
        for (key, rows) in lefts {
            let partners = rights[key] ?? []
            switch kind {
            case .semi: if !partners.isEmpty { for row in rows { digest.add(row.number, -1) } }
            case .anti: if partners.isEmpty { for row in rows { digest.add(row.number, -1) } }
            default:
                for row in rows { for partner in partners { digest.add(row.number, partner.number) } }
                if partners.isEmpty, kind == .leftOuter || kind == .fullOuter {
                    for row in rows { digest.add(row.number, -1) }
                }
            }
        }
        if kind == .rightOuter || kind == .fullOuter {
            for (key, rows) in rights where lefts[key] == nil { for row in rows { digest.add(-1, row.number) } }
        }
        return digest
    }

    static func join<K: Key & Codable>(
        _ kind: JoinKind, _ left: KeyedStream<Row, K>, _ right: KeyedStream<Row, K>, hint: JoinHint
    ) -> DataStream<Pair<Int, Int>> {
        switch kind {
        case .inner: left.join(right, hint: hint) { Pair($0.number, $1.number) }
        case .leftOuter: left.leftJoin(right, hint: hint) { Pair($0.number, $1?.number ?? -1) }
        case .rightOuter: left.rightJoin(right, hint: hint) { Pair($0?.number ?? -1, $1.number) }
        case .fullOuter: left.fullJoin(right, hint: hint) { Pair($0?.number ?? -1, $1?.number ?? -1) }
        case .semi: left.semiJoin(right, hint: hint).map { Pair($0.number, -1) }
        case .anti: left.antiJoin(right, hint: hint).map { Pair($0.number, -1) }
        }
    }

    static func digest(_ stream: DataStream<Pair<Int, Int>>) -> Collected<Digest> {
        stream.fold(
            Digest(), update: { $0.add($1.first, $1.second) },
            merge: {
                $0.count += $1.count
                $0.sum &+= $1.sum
            }
        ).collect()
    }

    static func suits(_ hint: JoinHint, _ kind: JoinKind) -> Bool {
        switch hint {
        case .broadcastLeft: kind == .inner || kind == .rightOuter
        case .broadcastRight: kind != .rightOuter && kind != .fullOuter
        default: true
        }
    }

    static let ways: [(JoinKind, JoinHint)] = JoinKind.allCases.flatMap { kind in
        JoinHint.allCases.filter { suits($0, kind) }.map { (kind, $0) }
    }

    private func configuration(_ parallelism: Int, budget: Int?) -> JobConfiguration {
        JobConfiguration(
            parallelism: parallelism, batchSize: 512, channelCapacity: 2, memoryBudget: budget)
    }

    /// A tenth of both sides' bytes is the budget; then something is spilled, and the same rows come out.
    @Test(arguments: ways)
    func kindsByStrategies(kind: JoinKind, hint: JoinHint) throws {
        let seed = UInt64(kind.rawValue.count * 100 + hint.rawValue.count)
        let left = JoinTests.rows(90_000, keys: 60_000, seed: seed)
        let right = JoinTests.rows(54_000, keys: 60_000, seed: seed + 2)
        let expected = JoinTests.expected(kind, left, right)
        for parallelism in [1, 2, 3, 7] {
            for budget in [nil, 144_000 * MemoryLayout<Row>.stride / 10] {
                let job = Job()
                let joined = JoinTests.join(
                    kind, job.elements(left).keyBy(\.key), job.elements(right).keyBy(\.key), hint: hint)
                let digest = JoinTests.digest(joined)
                let result = try job.run(configuration(parallelism, budget: budget))
                let place = "seed \(seed), parallelism \(parallelism), budget \(budget ?? 0)"
                #expect(digest.elements == [expected], "\(place)")
                #expect((result.spilledBytes > 0) == (budget != nil), "\(place)")
                let hashes = result.choices.filter { $0.what.hasPrefix("hash ") }
                #expect(hashes.count == (hint == .automatic ? parallelism : 0), "\(place)")
                let onDisk = hint == .sortMerge ? "merged runs on disk" : "partitioned "
                let spilling = result.choices.filter { $0.what.hasPrefix(onDisk) }
                #expect(spilling.isEmpty == (budget == nil), "\(place)")
                #expect(job.explain().contains("strategy=\(hint.rawValue)"))
            }
        }
    }

    /// Strings that begin alike, so that rows of many keys have the same prefix; several rows a key on both sides.
    @Test(arguments: JoinKind.allCases)
    func sortsAndMergesStrings(kind: JoinKind) throws {
        let left = JoinTests.rows(38_000, keys: 9_000, seed: 18, heavy: 150)
        let right = JoinTests.rows(27_000, keys: 9_000, seed: 20, heavy: 120)
        let expected = JoinTests.expected(kind, left, right)
        for parallelism in [1, 3] {
            for budget in [nil, 65_000 * MemoryLayout<Row>.stride / 10] {
                let job = Job()
                let digest = JoinTests.digest(
                    JoinTests.join(
                        kind, job.elements(left).keyBy { $0.key % 5 == 0 ? "\($0.key)" : "a longer text \($0.key)" },
                        job.elements(right).keyBy { $0.key % 5 == 0 ? "\($0.key)" : "a longer text \($0.key)" },
                        hint: .sortMerge))
                let result = try job.run(configuration(parallelism, budget: budget))
                #expect(digest.elements == [expected], "parallelism \(parallelism), budget \(budget ?? 0)")
                #expect((result.spilledBytes > 0) == (budget != nil))
            }
        }
    }

    /// A key that has most rows of both sides, which fit on neither.
    @Test(arguments: JoinKind.allCases, [JoinHint.automatic, .hashLeft, .hashRight, .sortMerge])
    func oneHeavyKey(kind: JoinKind, hint: JoinHint) throws {
        let left = JoinTests.rows(6_000, keys: 900, seed: 4, heavy: 3_200)
        let right = JoinTests.rows(5_000, keys: 900, seed: 6, heavy: 2_600).map {
            Row(key: $0.key == 7 ? 7 : $0.key, number: $0.number)
        }
        let expected = JoinTests.expected(kind, left, right)
        for parallelism in [1, 2] {
            let job = Job()
            let digest = JoinTests.digest(
                JoinTests.join(kind, job.elements(left).keyBy(\.key), job.elements(right).keyBy(\.key), hint: hint))
            let result = try job.run(configuration(parallelism, budget: parallelism * 128 << 10))
            #expect(digest.elements == [expected], "parallelism \(parallelism)")
            #expect(result.spilledBytes > 0)
        }
    }

    /// Both sides from one source, which may not be held back: early rows spill.
    @Test(arguments: [1, 2, 3, 7])
    func aDiamondUnderASmallBudget(parallelism: Int) throws {
        let rows = JoinTests.rows(60_000, keys: 50_000, seed: 8)
        let shifted = rows.map { Row(key: $0.key + 3, number: $0.number) }
        for (kind, hint) in [
            (.inner, .automatic), (.fullOuter, .hashRight), (.anti, .hashLeft), (.fullOuter, .sortMerge),
        ] as [(JoinKind, JoinHint)] {
            let job = Job()
            let source = job.elements(rows).map { $0 }
            let digest = JoinTests.digest(
                JoinTests.join(
                    kind, source.keyBy(\.key), source.map { Row(key: $0.key + 3, number: $0.number) }.keyBy(\.key),
                    hint: hint))
            let result = try job.run(
                configuration(parallelism, budget: max(60_000 * 2 * 64 / 10, parallelism * 128 << 10)))
            #expect(digest.elements == [JoinTests.expected(kind, rows, shifted)], "\(kind), \(hint)")
            #expect(result.spilledBytes > 0)
        }
    }

    /// In a loop, under a budget: a constant side that stays, one that is replayed, and both from the loop.
    @Test(arguments: [1, 2, 3, 7])
    func inALoop(parallelism: Int) throws {
        let edges = JoinTests.rows(20_000, keys: 6_000, seed: 10)
        let start = JoinTests.rows(20_000, keys: 6_000, seed: 12)
        func step(_ rows: [Row]) -> [Row] {
            let found = Dictionary(grouping: edges, by: \.key)
            return rows.filter { found[$0.key] != nil }.map { Row(key: $0.key + 3, number: $0.number) }
        }
        let expected = (0..<3).reduce(start) { rows, _ in step(rows) }.map(\.number).sorted()
        for hint in JoinHint.allCases where JoinTests.suits(hint, .semi) {
            for budget in [nil, max(2 << 20, parallelism * 512 << 10)] {
                let job = Job()
                let constant = job.elements(edges)
                let rows = job.elements(start).iterate(maximum: 3) { rows in
                    rows.keyBy(\.key).semiJoin(constant.keyBy(\.key), hint: hint)
                        .map { Row(key: $0.key + 3, number: $0.number) }
                }.collect()
                let result = try job.run(configuration(parallelism, budget: budget))
                #expect(rows.elements.map(\.number).sorted() == expected, "\(hint), budget \(budget ?? 0)")
                #expect(result.loops.values.first?.rounds.count == 3)
            }
        }
    }

    /// By closure, by key path, by several parts, by a string.
    @Test(arguments: RunMode.all)
    func keysOfManyForms(mode: RunMode) throws {
        let left = JoinTests.rows(150, keys: 40, seed: 14)
        let right = JoinTests.rows(120, keys: 40, seed: 16)
        let job = Job()
        let (one, other) = (job.elements(left), job.elements(right))
        let digests = JoinKind.allCases.map { kind in
            [
                JoinTests.digest(JoinTests.join(kind, one.keyBy(\.key), other.keyBy { $0.key }, hint: .automatic)),
                JoinTests.digest(
                    JoinTests.join(
                        kind, one.keyBy({ "\($0.key)" }, { $0.key % 3 == 0 }),
                        other.keyBy({ "\($0.key)" }, { $0.key % 3 == 0 }), hint: .hashLeft)),
                JoinTests.digest(
                    JoinTests.join(
                        kind, one.keyBy { $0.key == 3 ? nil : "a longer text \($0.key)" },
                        other.keyBy { $0.key == 3 ? nil : "a longer text \($0.key)" }, hint: .hashRight)),
                JoinTests.digest(
                    JoinTests.join(
                        kind, one.keyBy { $0.key == 3 ? nil : "a longer text \($0.key)" },
                        other.keyBy { $0.key == 3 ? nil : "a longer text \($0.key)" }, hint: .sortMerge)),
                JoinTests.digest(
                    JoinTests.join(
                        kind, one.keyBy({ "\($0.key)" }, { $0.key % 3 == 0 }),
                        other.keyBy({ "\($0.key)" }, { $0.key % 3 == 0 }), hint: .sortMerge)),
            ]
        }
        try job.run(mode)
        for (kind, forms) in zip(JoinKind.allCases, digests) {
            for digest in forms { #expect(digest.elements == [JoinTests.expected(kind, left, right)], "\(kind)") }
        }
    }

    @Test
    func aSmallSideIsBroadcastWhereItsSizeIsKnown() throws {
        func explained(_ left: Int, _ right: Int, _ kind: JoinKind) -> String {
            let job = Job()
            _ = JoinTests.join(
                kind, job.elements(JoinTests.rows(left, keys: 5, seed: 1)).map { $0 }.keyBy(\.key),
                job.elements(JoinTests.rows(right, keys: 5, seed: 1)).filter { _ in true }.keyBy(\.key),
                hint: .automatic)
            return job.explain()
        }
        #expect(
            explained(640, 10, .inner).contains("strategy=broadcast right, why=at most 40960 bytes left, 640 right"))
        #expect(explained(10, 640, .rightOuter).contains("strategy=broadcast left"))
        #expect(explained(640, 11, .inner).contains("strategy=automatic"))
        // The rows that would be alone cannot be told by workers that see a part of the other side.
        #expect(explained(640, 10, .rightOuter).contains("strategy=automatic"))
    }

    @Test
    func refusesABroadcastThatCannotTellLonelyRows() throws {
        for (kind, hint) in [(.fullOuter, .broadcastRight), (.anti, .broadcastLeft)] as [(JoinKind, JoinHint)] {
            let job = Job()
            let rows = job.elements([Row(key: 1, number: 1)]).keyBy(\.key)
            _ = JoinTests.join(kind, rows, rows, hint: hint)
            #expect(
                throws: PlanError.unsuitedStrategy(node: "join", strategy: hint.rawValue, join: kind.rawValue)
            ) { try job.plan() }
        }
    }
}
