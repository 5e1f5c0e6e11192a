import Gyre

/// The sort of the row `spill`: rows are generated, sorted over all workers, looked at in their order, and let go.
enum SpilledSort {
    /// What a worker has seen of its share of the sorted rows.
    struct Share: Sendable, Codable {
        var rows: Int64 = 0
        var first = Int64.max
        var last = Int64.min
        /// Rows that come before the one ahead of them.
        var falls: Int64 = 0
        var sum: Int64 = 0
        /// Of key × place, which shows a row that was put together of two.
        var weighted: Int64 = 0

        @inline(__always)
        mutating func add(_ row: SortRow.Row) {
            if row.key < last { falls &+= 1 }
            first = min(first, row.key)
            last = row.key
            rows &+= 1
            sum &+= row.key
            weighted &+= row.key &* row.place
        }
    }

    private struct Watch: PartitionFunction {
        var share = Share()

        mutating func process(_ row: SortRow.Row, into emitter: inout Emitter<Share>) { share.add(row) }
        mutating func finish(into emitter: inout Emitter<Share>) { emitter.emit(share) }
    }

    static func run(_ rows: Int, budget: Int?) throws {
        let (shares, spilled) = try Side.measure(runs: 1) {
            let job = Job("sort within a budget")
            let shares = job.generate(count: rows) { SortRow.Row($0) }.sorted(by: { $0.key })
                .mapPartition { _ in Watch() }.collect()
            let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: budget))
            return (shares.elements.filter { $0.rows > 0 }, result.spilledBytes)
        }
        print("spilled", spilled)
        var expected = Share()
        for row in 0..<rows { expected.add(SortRow.Row(row)) }
        try Side.require("rows", shares.reduce(0) { $0 &+ $1.rows }, equals: expected.rows)
        try Side.require("sum", shares.reduce(0) { $0 &+ $1.sum }, equals: expected.sum)
        try Side.require("weighted sum", shares.reduce(0) { $0 &+ $1.weighted }, equals: expected.weighted)
        // Each share is in order, and begins where the one ahead of it ends or later.
        try Side.require("falls", shares.reduce(0) { $0 &+ $1.falls }, equals: 0)
        let areInOrder = zip(shares, shares.dropFirst()).allSatisfy { $0.last <= $1.first }
        try Side.require("shares in order", areInOrder, equals: true)
        Side.value("rows", expected.rows)
        Side.value("weighted", expected.weighted)
    }
}
