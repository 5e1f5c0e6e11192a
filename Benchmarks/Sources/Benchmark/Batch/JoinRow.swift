import Gyre

/// Joins on an Int64 key of a large side with a side of distinct keys, a fifth of the rows without a match, against
/// DuckDB.
///
/// Twice: with the keys 0 ..< n, for which the peer has a table without hashing, and with keys scattered over 64 bits.
struct JoinRow: PeerRow {
    let name = "join"
    let summary = "joins on Int64 and a sum, against DuckDB"

    private enum Kind: String, CaseIterable { case inner, left, anti }
    private enum Keys: String, CaseIterable { case dense, scattered }

    struct Fact: Sendable, Codable {
        var key: Int64
        var value: Int64
    }

    struct SumAndCount: Sendable, Codable, Equatable {
        var sum: Int64 = 0
        var count: Int64 = 0
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let right = settings.batchRows / 10
        return try Kind.allCases.flatMap { kind in
            try Keys.allCases.map { keys in
                let arguments = [
                    "\(settings.batchRows)", "\(right)", "\(right * 5 / 4)", kind.rawValue, keys.rawValue,
                ]
                return try PeerContest(self, arguments, peer: ("DuckDB", "join.py", arguments), settings)
                    .figure("\(kind.rawValue) join, \(keys.rawValue) keys", goal: 1.2)
            }
        }
    }

    func side(_ arguments: [String]) throws {
        let numbers = arguments.prefix(3).compactMap { Int($0) }
        guard arguments.count == 5, numbers.count == 3, let kind = Kind(rawValue: arguments[3]),
            let keys = Keys(rawValue: arguments[4])
        else { throw ChildProcess.Failure(description: "join LEFT RIGHT KEYS KIND dense|scattered") }
        var left = (0..<numbers[0]).map {
            Fact(
                key: CounterRandom.number(3, $0, below: numbers[2]), value: CounterRandom.number(4, $0, below: 1000))
        }
        // Each key 0 ..< right once, in no order: the factor is odd and no multiple of five.
        var right = (0..<numbers[1]).map {
            Fact(key: Int64($0 * 7_368_787 % numbers[1]), value: CounterRandom.number(5, $0, below: 1000))
        }
        let expected = Self.byHand(kind, left, right)
        if keys == .scattered {
            Self.scatter(&left)
            Self.scatter(&right)
        }
        let sums = try Side.measure { try Self.sums(kind, left, right) }
        try Side.require("sums", sums, equals: expected)
        Side.value("sum", sums.sum)
        Side.value("rows", sums.count)
    }

    private static func sums(_ kind: Kind, _ left: [Fact], _ right: [Fact]) throws -> SumAndCount {
        let job = Job("join")
        let facts = job.elements(left, name: "left").keyBy { $0.key }
        let sides = job.elements(right, name: "right").keyBy { $0.key }
        let values: DataStream<Int64> =
            switch kind {
            case .inner: facts.join(sides) { $0.value &* $1.value }
            case .left: facts.leftJoin(sides) { $0.value &* ($1?.value ?? 1) }
            case .anti: facts.antiJoin(sides).map { $0.value }
            }
        let sums = values.fold(
            SumAndCount(),
            update: { sums, value in
                sums.sum &+= value
                sums.count &+= 1
            },
            merge: { sums, other in
                sums.sum &+= other.sum
                sums.count &+= other.count
            }
        ).collect()
        try job.run(JobConfiguration(parallelism: 2))
        return sums.elements[0]
    }

    /// Equal keys stay equal, and others different: the mix is a bijection.
    private static func scatter(_ facts: inout [Fact]) {
        for index in facts.indices {
            facts[index].key = Int64(bitPattern: StableHash.mix(UInt64(bitPattern: facts[index].key)))
        }
    }

    /// For the keys 0 ..< n.
    private static func byHand(_ kind: Kind, _ left: [Fact], _ right: [Fact]) -> SumAndCount {
        var places = [Int64?](repeating: nil, count: right.count)
        for side in right { places[Int(side.key)] = side.value }
        var sums = SumAndCount()
        for fact in left {
            let match = fact.key < right.count ? places[Int(fact.key)] : nil
            let value: Int64? =
                switch kind {
                case .inner: match.map { fact.value &* $0 }
                case .left: fact.value &* (match ?? 1)
                case .anti: match == nil ? fact.value : nil
                }
            guard let value else { continue }
            sums.sum &+= value
            sums.count &+= 1
        }
        return sums
    }
}
