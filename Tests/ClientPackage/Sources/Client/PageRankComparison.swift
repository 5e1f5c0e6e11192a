import Gyre
import GyreGenerators
import GyreGraphAlgorithms
import GyreGraphs

/// The client's PageRank against the library's: the same ranks, and as fast.
struct PageRankComparison {
    static let scale = 16
    static let rounds = 20
    /// How much slower than the library's the client's may be.
    static let limit = 1.10
    /// Runs of each side in a series, and how many series there may be until one keeps the limit: a busy machine disturbs
    /// single runs, so a series counts by its fastest runs or by its medians, whichever are closer.
    static let (runs, series) = (21, 6)

    let graph: Graph<Unweighted>

    init() throws {
        let edges = RandomMatrixGraph(scale: Self.scale, seed: 7)
        var text = ""
        for number in 0..<edges.edgeCount {
            let edge = edges.edge(at: number)
            text += "\(edge.source) \(edge.target)\n"
        }
        graph = try TemporaryFile.with(text, named: "rmat.txt") { path in
            try Graph<Unweighted>.load(
                EdgeInput(edges: [InputFile(path: path)], directions: [.incoming, .outgoing]))
        }
    }

    private func library(_ job: Job, _ form: ProgramForm = .sharedMemory) throws -> DataStream<VertexValue<Double>> {
        try PageRank<Double>(iterations: Self.rounds).ranks(of: graph, in: job, form: form)
    }

    private func own(_ job: Job, _ form: ProgramForm = .sharedMemory) throws -> DataStream<VertexValue<Double>> {
        try graph.gatherSumApply(
            OwnPageRank(damping: 0.85), in: job, maximum: Self.rounds, name: "own pagerank", form: form)
    }

    /// The ranks, and the seconds that the job took.
    private func run(
        _ write: (Job) throws -> DataStream<VertexValue<Double>>
    ) throws -> (ranks: [Double], seconds: Double) {
        let job = Job("pagerank")
        let ranks = try write(job).column(ofVertices: graph.vertexCount)
        let result = try job.run()
        return (ranks.elements, result.seconds)
    }

    /// The same bits, in shared memory and by messages, and they sum to 1.
    func ranks() throws -> Outcome {
        let expected = try run { try library($0) }.ranks
        let sum = expected.reduce(0, +)
        guard abs(sum - 1) < 1e-9 else { return .fails("the ranks sum to \(sum)") }
        for form in ProgramForm.allCases {
            let found = try run { try own($0, form) }.ranks
            guard found.count == expected.count else {
                return .fails("\(form): \(found.count) ranks instead of \(expected.count)")
            }
            for vertex in expected.indices where found[vertex] != expected[vertex] {
                return .fails("\(form): vertex \(vertex) has \(found[vertex]), expected \(expected[vertex])")
            }
        }
        return .holds("\(expected.count) vertices, \(graph.edgeCount) edges")
    }

    /// The plan shows the kernel's loop and its step.
    func plan() throws -> Outcome {
        let job = Job("pagerank")
        _ = try own(job)
        return .equal(try job.plan().nodes.map(\.description.kind), ["vertices", "iterate", "gatherSumApply"])
    }

    func speed() throws -> Outcome {
        var best = Double.infinity
        for _ in 0..<Self.series {
            let ratio = try measureSeries()
            best = min(best, ratio)
            if best <= Self.limit { return .holds("own ÷ library is \(rounded(best)), limit \(Self.limit)") }
        }
        return .fails("own ÷ library is \(rounded(best)) in \(Self.series) series, limit \(Self.limit)")
    }

    /// Both sides in turn, each first every other time.
    private func measureSeries() throws -> Double {
        var (ownTimes, libraryTimes): ([Double], [Double]) = ([], [])
        for turn in 0..<Self.runs {
            if turn % 2 == 0 { libraryTimes.append(try run { try library($0) }.seconds) }
            ownTimes.append(try run { try own($0) }.seconds)
            if turn % 2 == 1 { libraryTimes.append(try run { try library($0) }.seconds) }
        }
        ownTimes.sort()
        libraryTimes.sort()
        let middle = Self.runs / 2
        return min(ownTimes[0] / libraryTimes[0], ownTimes[middle] / libraryTimes[middle])
    }

    private func rounded(_ ratio: Double) -> Double { (ratio * 1000).rounded() / 1000 }
}
