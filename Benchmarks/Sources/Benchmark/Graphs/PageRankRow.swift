/// PageRank, 20 rounds, against GAP's faster of `pr` and `pr_spmv`.
struct PageRankRow: Row {
    enum Precision: String { case single, double }

    let precision: Precision
    var name: String { "pagerank-\(precision.rawValue)" }
    var summary: String { "PageRank, 20 rounds, \(precision.rawValue) precision, compute" }

    func run(_ settings: Settings) throws -> [Figure] {
        let files = try GraphFiles(settings)
        try files.make()
        let options = ["--vertices", files.vertices, "--iterations", "20", "--precision", precision.rawValue]
        let contest = try Contest(
            ours: ["pagerank", files.edges] + options,
            peers: ["pr", "pr_spmv"].map { ($0, ["-f", files.edges, "-i", "20", "-t", "0"]) }, settings)
        try checkReference(contest.ours.last, files)
        try checkPeer(files, options, settings)
        return contest.computeRatio("PageRank, \(precision.rawValue)", goal: precision == .single ? 0.7 : 1.0)
    }

    /// All ranks against the sequential reference.
    private func checkReference(_ run: GyreRun?, _ files: GraphFiles) throws {
        guard let run else { return }
        let ranks = PageRankReference.ranks(
            of: try ReferenceGraph(files.edges, vertexCount: files.vertexCount), rounds: 20, damping: 0.85)
        var largest = 0.0
        let values = try run.values(count: files.vertexCount)
        for (rank, value) in zip(ranks, values) {
            guard let value else { throw ChildProcess.Failure(description: "a vertex has no rank") }
            largest = max(largest, abs(value - rank) / rank)
        }
        print("   values: all \(ranks.count) ranks within \(largest.short) (relative) of the sequential reference")
        guard largest < (precision == .single ? 2e-3 : 1e-9) else {
            throw ChildProcess.Failure(description: "ranks differ from the reference by \(largest)")
        }
        try checkPrecision(of: values, error: largest)
    }

    /// A rank computed in single precision is written with the digits that tell it from other `Float`s, no more, and
    /// is not as near to the reference as double precision is: so a run of the other precision cannot pass.
    private func checkPrecision(of ranks: [Double?], error: Double) throws {
        let singles = ranks.count { $0.map { Double(Float($0).description) == $0 } ?? false }
        let isRight = precision == .single ? singles == ranks.count && error > 1e-9 : singles < ranks.count / 2
        guard isRight else {
            throw ChildProcess.Failure(
                description: "not \(precision) precision: \(singles) of \(ranks.count) ranks have a Float's digits, "
                    + "all within \(error.short)")
        }
    }

    /// What GAP prints of its scores, on the graph where every vertex has an out-edge, since it drops what vertices
    /// without one hold. `pr` uses new ranks within a round, so that only `pr_spmv` has the same ranks after 20.
    private func checkPeer(_ files: GraphFiles, _ options: [String], _ settings: Settings) throws {
        guard let folder = settings.gap else { return }
        let peer = try GAPKernel.run(
            "pr_spmv", ["-f", files.edgesWithoutSinks, "-i", "20", "-t", "0", "-a"], in: folder, settings)
        let ours = try GyreRun.graph(["pagerank", files.edgesWithoutSinks] + options, settings)
            .values(count: files.vertexCount)
        guard !peer.pairs.isEmpty else { throw ChildProcess.Failure(description: "GAP printed no scores") }
        for (vertex, value) in peer.pairs {
            guard let rank = ours[vertex], abs(rank - value) <= 1e-3 * value else {
                throw ChildProcess.Failure(
                    description: "vertex \(vertex): \(String(describing: ours[vertex])), GAP \(value)")
            }
        }
        print("   values: the \(peer.pairs.count) scores that GAP prints agree within 1e-3 (it computes in single)")
    }
}

/// PageRank as LDBC defines it, one thread, double precision.
enum PageRankReference {
    static func ranks(of graph: ReferenceGraph, rounds: Int, damping: Double) -> [Double] {
        let count = graph.vertexCount
        var ranks = [Double](repeating: 1 / Double(count), count: count)
        for _ in 0..<rounds {
            var sums = [Double](repeating: 0, count: count)
            var held = 0.0
            for vertex in 0..<count {
                let row = graph.row(vertex)
                if row.isEmpty { held += ranks[vertex] }
                let share = ranks[vertex] / Double(row.count)
                for edge in row { sums[graph.targets[edge]] += share }
            }
            let base = (1 - damping + damping * held) / Double(count)
            for vertex in 0..<count { ranks[vertex] = base + damping * sums[vertex] }
        }
        return ranks
    }
}
