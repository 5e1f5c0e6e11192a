import Gyre

/// One pipeline an operator, with users' closures that capture nothing: each has to be folded into the operator's loop.
///
/// Built, never run. A closure is known by its number within its function, which is what symbols call it. No two bodies
/// are alike, for the linker's sake.
enum InlinedOperators {
    struct Case: Sendable {
        /// The function below.
        let name: String
        /// The closures that are called once a row; others (a merge, a step of a loop) do not count.
        let closures: [Int]
        let build: @Sendable (DataStream<Record>) -> Void
    }

    static let all = [
        Case(name: "generating", closures: [1], build: generating),
        Case(name: "mapping", closures: [1], build: mapping),
        Case(name: "mappingWithParameters", closures: [1], build: mappingWithParameters),
        Case(name: "filtering", closures: [1], build: filtering),
        Case(name: "compactMapping", closures: [1], build: compactMapping),
        Case(name: "flatMapping", closures: [1], build: flatMapping),
        Case(name: "mappingPartitions", closures: [], build: mappingPartitions),
        Case(name: "folding", closures: [1], build: folding),
        Case(name: "reducing", closures: [1], build: reducing),
        Case(name: "foldingKeys", closures: [1, 2], build: foldingKeys),
        Case(name: "aggregatingKeys", closures: [1, 2, 3], build: aggregatingKeys),
        Case(name: "reducingKeys", closures: [1, 2], build: reducingKeys),
        Case(name: "joining", closures: [1, 2, 3], build: joining),
        Case(name: "mappingWithBroadcast", closures: [1], build: mappingWithBroadcast),
        Case(name: "forEach", closures: [1], build: forEach),
    ]

    @inline(never) static func generating(_ rows: DataStream<Record>) {
        _ = rows.job.generate(count: 100) { Record(number: $0 &* 11) }
    }

    @inline(never) static func mapping(_ rows: DataStream<Record>) {
        _ = rows.map { row in Record(number: Int(truncatingIfNeeded: row.a &+ 12)) }
    }

    @inline(never) static func mappingWithParameters(_ rows: DataStream<Record>) {
        _ = rows.map(with: 13) { row, summand in Record(number: Int(truncatingIfNeeded: row.a) &+ summand) }
    }

    @inline(never) static func filtering(_ rows: DataStream<Record>) {
        _ = rows.filter { $0.a & 14 != 0 }
    }

    @inline(never) static func compactMapping(_ rows: DataStream<Record>) {
        _ = rows.compactMap { $0.a & 15 != 0 ? $0.b : nil }
    }

    @inline(never) static func flatMapping(_ rows: DataStream<Record>) {
        _ = rows.flatMap { 0..<Int(truncatingIfNeeded: $0.a & 16) }
    }

    /// Counts itself; its `process` has to be in the loop.
    struct Counting: PartitionFunction {
        var sum: Int64 = 0

        mutating func process(_ row: Record, into emitter: inout Emitter<Int64>) {
            sum &+= row.a &* 17
            emitter.emit(sum)
        }
    }

    @inline(never) static func mappingPartitions(_ rows: DataStream<Record>) {
        _ = rows.mapPartition { _ in Counting() }
    }

    @inline(never) static func folding(_ rows: DataStream<Record>) {
        _ = rows.fold(0.0, update: { $0 += $1.b * 18 }, merge: { $0 += $1 })
    }

    @inline(never) static func reducing(_ rows: DataStream<Record>) {
        _ = rows.reduce { $0.b * 19 > $1.b ? $0 : $1 }
    }

    @inline(never) static func foldingKeys(_ rows: DataStream<Record>) {
        _ = rows.keyBy { $0.key &+ 20 }.fold(Int64(0)) { $0 &+= $1.a &* 21 }
    }

    @inline(never) static func aggregatingKeys(_ rows: DataStream<Record>) {
        _ = rows.keyBy { $0.key &+ 22 }.aggregate(0.0, update: { $0 += $1.b * 23 }, merge: { $0 = $0 + 24 * $1 })
    }

    @inline(never) static func reducingKeys(_ rows: DataStream<Record>) {
        _ = rows.keyBy { $0.key &+ 25 }.reduce { $0.b * 26 > $1.b ? $0 : $1 }
    }

    @inline(never) static func joining(_ rows: DataStream<Record>) {
        _ = rows.keyBy { $0.key &+ 27 }.join(rows.keyBy { $0.key &+ 28 }) { $0.a &+ $1.a &* 29 }
    }

    @inline(never) static func mappingWithBroadcast(_ rows: DataStream<Record>) {
        _ = rows.map(broadcasting: rows) { row, others in row.a &+ Int64(others.count &* 30) }
    }

    @inline(never) static func forEach(_ rows: DataStream<Record>) {
        rows.forEach { row in Opaque.note(row.a &* 31) }
    }
}
