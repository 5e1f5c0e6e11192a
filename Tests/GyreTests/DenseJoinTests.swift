import Gyre
import GyreTesting
import Testing

/// Joins whose built side has distinct keys close together, for which rows stand by key: against the same oracle as
/// all joins, and against keys for which they may not.
struct DenseJoinTests {
    private typealias Row = JoinTests.Row

    /// What was noted by operators whose rows stood by key.
    private static func dense(_ result: JobResult) -> [Choice] { result.choices.filter { $0.what == "rows by key" } }

    /// Distinct keys, in no order: of `span` numbers from `base` on, those that are not divisible by seven.
    private static func distinct(_ span: Int, from base: Int, seed: UInt64) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        let keys = (0..<span).filter { $0 % 7 != 3 }.map { base &+ $0 }.shuffled(using: &generator)
        return keys.enumerated().map { Row(key: $1, number: $0) }
    }

    /// Several rows a key, or none, of some more numbers on either side.
    private static func probing(_ count: Int, _ span: Int, from base: Int, seed: UInt64) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { Row(key: base &+ generator.below(span + 20) &- 10, number: $0) }
    }

    static let kindsAndSides: [(JoinKind, JoinHint)] = JoinKind.allCases.flatMap { kind in
        [.hashLeft, .hashRight, .broadcastLeft, .broadcastRight].filter { JoinTests.suits($0, kind) }.map { (kind, $0) }
    }

    private func run(
        _ kind: JoinKind, _ hint: JoinHint, _ left: [Row], _ right: [Row], _ parallelism: Int, budget: Int? = nil
    ) throws -> (digest: [JoinTests.Digest], result: JobResult) {
        let job = Job()
        let digest = JoinTests.digest(
            JoinTests.join(kind, job.elements(left).keyBy(\.key), job.elements(right).keyBy(\.key), hint: hint))
        let result = try job.run(
            JobConfiguration(parallelism: parallelism, batchSize: 100, memoryBudget: budget))
        return (digest.elements, result)
    }

    @Test(arguments: kindsAndSides)
    func agreesWithGroups(kind: JoinKind, hint: JoinHint) throws {
        let buildsLeft = hint == .hashLeft || hint == .broadcastLeft
        // Gaps, negative keys, and both ends of the integers, where a distance overflows.
        for (seed, base) in [(UInt64(1), 0), (2, -1_500), (3, .min + 10), (4, .max - 3_009)] {
            let built = DenseJoinTests.distinct(3_000, from: base, seed: seed)
            let probing = DenseJoinTests.probing(9_000, 3_000, from: base, seed: seed + 10)
            let (left, right) = buildsLeft ? (built, probing) : (probing, built)
            let expected = JoinTests.expected(kind, left, right)
            for parallelism in [1, 2, 3, 7] {
                let (digest, result) = try run(kind, hint, left, right, parallelism)
                #expect(digest == [expected], "seed \(seed), parallelism \(parallelism)")
                #expect(
                    DenseJoinTests.dense(result).count == parallelism, "seed \(seed), parallelism \(parallelism)")
            }
        }
    }

    /// A key twice, keys far from each other, and both ends of the integers: rows are found by hash.
    @Test(arguments: kindsAndSides)
    func otherKeysAreHashed(kind: JoinKind, hint: JoinHint) throws {
        let buildsLeft = hint == .hashLeft || hint == .broadcastLeft
        let distinct = DenseJoinTests.distinct(300, from: -100, seed: 5)
        let cases: [(String, [Row])] = [
            ("a key twice", distinct + [Row(key: distinct[20].key, number: -7)]),
            ("sparse", distinct.map { Row(key: $0.key * 1_000, number: $0.number) }),
            ("both ends", distinct + [Row(key: .max, number: -8), Row(key: .min, number: -9)]),
        ]
        for (what, built) in cases {
            let probing = DenseJoinTests.probing(900, 300, from: -100, seed: 6) + built.prefix(200)
            let (left, right) = buildsLeft ? (built, probing) : (probing, built)
            let (digest, result) = try run(kind, hint, left, right, 1)
            #expect(digest == [JoinTests.expected(kind, left, right)], "\(what)")
            #expect(DenseJoinTests.dense(result).isEmpty, "\(what)")
        }
    }

    /// Where a side does not fit it is cut by hash, and where its rows do not fit twice they stay as they came.
    @Test(arguments: kindsAndSides)
    func underABudget(kind: JoinKind, hint: JoinHint) throws {
        let buildsLeft = hint == .hashLeft || hint == .broadcastLeft
        let built = DenseJoinTests.distinct(20_000, from: -4_000, seed: 7)
        let probing = DenseJoinTests.probing(30_000, 20_000, from: -4_000, seed: 8)
        let (left, right) = buildsLeft ? (built, probing) : (probing, built)
        let expected = JoinTests.expected(kind, left, right)
        var ways: Set<String> = []
        for budget in [400_000, 1_600_000, 2_400_000, 3_000_000, 4_000_000, 5_000_000, 40_000_000] {
            let (digest, result) = try run(kind, hint, left, right, 1, budget: budget)
            #expect(digest == [expected], "budget \(budget)")
            let isDense = !DenseJoinTests.dense(result).isEmpty
            ways.insert(result.spilledBytes > 0 ? "on disk" : (isDense ? "by key" : "by hash"))
        }
        #expect(ways == ["on disk", "by key", "by hash"])
    }

    private enum Colour: UInt8, Key, Codable, CaseIterable { case red = 3, green, blue, white = 9 }

    /// Keys of other types that have numbers, and of types that have none.
    @Test
    func otherTypesOfKeys() throws {
        func check<K: Key & Codable>(_ name: String, isDense: Bool, _ key: @escaping @Sendable (Row) -> K) throws {
            let built = (0..<120).map { Row(key: $0 - 60, number: $0) }
            let probing = (0..<500).map { Row(key: $0 * 31 % 128 - 64, number: $0) }
            let expected = JoinTests.expected(.fullOuter, probing, built)
            let job = Job()
            let digest = JoinTests.digest(
                JoinTests.join(
                    .fullOuter, job.elements(probing).keyBy(key), job.elements(built).keyBy(key), hint: .hashRight))
            let result = try job.run(JobConfiguration(parallelism: 1, batchSize: 100))
            #expect(digest.elements == [expected], "\(name)")
            #expect(DenseJoinTests.dense(result).isEmpty == !isDense, "\(name)")
        }
        try check("Int8", isDense: true) { Int8($0.key) }
        try check("Int16", isDense: true) { Int16($0.key - 32_000) }
        try check("Int32", isDense: true) { Int32($0.key) }
        try check("Int64", isDense: true) { Int64($0.key) }
        try check("UInt8", isDense: true) { UInt8($0.key + 70) }
        try check("UInt64", isDense: true) { UInt64.max - 200 + UInt64($0.key + 64) }
        try check("Double", isDense: false) { Double($0.key) }
        try check("optional", isDense: false) { Optional($0.key) }
        try check("text", isDense: false) { "\($0.key)" }
    }

    @Test
    func keysWithRawValues() throws {
        let job = Job()
        let (left, right) = (
            job.elements((0..<40).map { $0 % 10 }), job.elements(Colour.allCases.map { Int($0.rawValue) })
        )
        let pairs = left.filter { Colour(rawValue: UInt8($0)) != nil }.keyBy { Colour(rawValue: UInt8($0)) ?? .red }
            .join(right.keyBy { Colour(rawValue: UInt8($0)) ?? .red }, hint: .hashRight) { Pair($0, $1) }.collect()
        let result = try job.run(JobConfiguration(parallelism: 2))
        #expect(pairs.elements.allSatisfy { $0.first == $0.second })
        #expect(pairs.count == 16)
        #expect(!DenseJoinTests.dense(result).isEmpty)
    }

    /// What was done can be read.
    @Test
    func isExplained() throws {
        let job = Job()
        let rows = (0..<50).map { Row(key: $0 * 2, number: $0) }
        let pairs = JoinTests.join(
            .inner, job.elements(rows).keyBy(\.key), job.elements(rows).keyBy(\.key), hint: .hashRight)
        let digest = JoinTests.digest(pairs)
        let result = try job.run(JobConfiguration(parallelism: 1))
        #expect(digest.elements == [JoinTests.expected(.inner, rows, rows)])
        #expect(job.explain(after: result).contains("rows by key: 50 distinct keys within 99"))
    }

    /// A side from outside of a loop that stands by key serves all rounds, marks and all.
    @Test(arguments: [JoinKind.inner, .leftOuter, .rightOuter, .fullOuter, .semi, .anti])
    func inEveryRoundOfALoop(kind: JoinKind) throws {
        let side = DenseJoinTests.distinct(400, from: -50, seed: 9)
        let rows = DenseJoinTests.probing(300, 400, from: -50, seed: 10)
        func digests(hint: JoinHint) throws -> (rows: [Int], dense: Int) {
            let job = Job()
            let sides = job.elements(side).keyBy(\.key)
            let result = job.elements(rows.map(\.key)).iterate(maximum: 3) { keys in
                let probing = keys.map { Row(key: $0, number: $0) }.keyBy(\.key)
                return JoinTests.join(kind, probing, sides, hint: hint).map { ($0.first &* 3 &+ $0.second) % 450 - 50 }
            }.collect()
            let ran = try job.run(JobConfiguration(parallelism: 2))
            return (result.elements.sorted(), DenseJoinTests.dense(ran).count)
        }
        let (byKey, sorted) = (try digests(hint: .hashRight), try digests(hint: .sortMerge))
        #expect(byKey.rows == sorted.rows)
        #expect(byKey.dense == 2)
        #expect(sorted.dense == 0)
    }
}
