import Gyre
import GyreGraphAlgorithms
import GyreGraphs
import Testing

/// Every algorithm against its oracle, at several parallelisms and in both forms, on seeded random graphs.
@Suite struct GraphAlgorithmTests {
    /// Small ones, sparse identifiers, and one that is large and skewed enough for numbers to follow degrees.
    static let graphs: [(vertices: Int, edges: Int, seed: UInt64, stride: Int64)] = [
        (1, 1, 1, 1), (10, 12, 2, 1), (100, 300, 3, 7), (1000, 8000, 4, 1), (300, 200, 5, 1 << 40),
        (40_000, 90_000, 6, 1),
    ]
    static let parallelisms = [1, 2, 3, 7]

    @Test(arguments: graphs, [false, true])
    func pageRankAgreesWithTheOracle(
        _ shape: (vertices: Int, edges: Int, seed: UInt64, stride: Int64), isUndirected: Bool
    ) throws {
        let random = RandomEdges(vertices: shape.vertices, count: shape.edges, seed: shape.seed, stride: shape.stride)
        let expected = SequentialOracles(random, undirected: isUndirected).pageRank(damping: 0.85, rounds: 10)
        var first: [UInt64]?
        for parallelism in Self.parallelisms {
            let configuration = JobConfiguration(parallelism: parallelism)
            let graph = try random.withFile { files in
                try Graph<Unweighted>.load(
                    EdgeInput(edges: files, isUndirected: isUndirected, directions: [.incoming, .outgoing]),
                    configuration: configuration)
            }
            #expect(graph.vertexCount == expected.count)
            for form in ProgramForm.allCases {
                let job = Job("pagerank")
                let ranks = try PageRank<Double>(iterations: 10).ranks(of: graph, in: job, form: form)
                    .column(ofVertices: graph.vertexCount)
                try job.run(configuration)
                for (actual, oracle) in zip(ranks.elements, expected) { #expect(abs(actual - oracle) < 1e-12) }
                // The same bits at any parallelism, and in both forms.
                let bits = ranks.elements.map(\.bitPattern)
                #expect(bits == first ?? bits, "parallelism \(parallelism), \(form), seed \(shape.seed)")
                first = bits
            }
        }
    }

    @Test(arguments: graphs, [false, true])
    func searchesAndComponentsAgreeWithTheOracle(
        _ shape: (vertices: Int, edges: Int, seed: UInt64, stride: Int64), isUndirected: Bool
    ) throws {
        let random = RandomEdges(vertices: shape.vertices, count: shape.edges, seed: shape.seed, stride: shape.stride)
        let oracle = SequentialOracles(random, undirected: isUndirected)
        let source = random.edges[0].source
        let levels = oracle.shortestPaths(from: source) { _ in 1 }
        let paths = oracle.shortestPaths(from: source) { $0.weight }
        let components = oracle.components()
        let identifiers = random.vertices
        for parallelism in Self.parallelisms {
            let configuration = JobConfiguration(parallelism: parallelism)
            let graph = try random.withFile(weighted: true) { files in
                try Graph<Double>.load(
                    EdgeInput(edges: files, isUndirected: isUndirected, directions: [.incoming, .outgoing]),
                    configuration: configuration)
            }
            let position = try #require(graph.identifiers.position(of: source))
            for form in ProgramForm.allCases {
                let job = Job("graph")
                let found = try BreadthFirstSearch(source: position).distances(in: graph, job: job, form: form)
                    .column(ofVertices: graph.vertexCount)
                let lengths = try ShortestPaths(source: position).distances(in: graph, job: job, form: form)
                    .column(ofVertices: graph.vertexCount)
                let labels = try ConnectedComponents().labels(of: graph, in: job, form: form)
                    .column(ofVertices: graph.vertexCount)
                try job.run(configuration)
                let place = "parallelism \(parallelism), \(form), seed \(shape.seed)"
                #expect(found.elements.map { $0 == .max ? nil : Double($0) } == levels, "bfs \(place)")
                #expect(lengths.elements.map { $0.isFinite ? $0 : nil } == paths, "sssp \(place)")
                #expect(labels.elements.map { identifiers[Int($0)] } == components, "components \(place)")
            }
        }
    }

    @Test func explainShowsTheLoopAndItsStep() throws {
        let random = RandomEdges(vertices: 10, count: 20, seed: 1)
        let graph = try random.withFile { files in
            try Graph<Unweighted>.load(EdgeInput(edges: files, directions: [.incoming, .outgoing]))
        }
        for form in ProgramForm.allCases {
            let job = Job("all")
            _ = try PageRank<Float>().ranks(of: graph, in: job, form: form)
            _ = try BreadthFirstSearch(source: 0).distances(in: graph, job: job, form: form)
            _ = try ShortestPaths(source: 0).distances(in: graph, job: job, form: form)
            _ = try ConnectedComponents().labels(of: graph, in: job, form: form)
            let kinds = try job.plan().description.map(\.kind)
            #expect(kinds.count { $0 == "iterate" } == 5)
            #expect(kinds.count { $0 == "gatherSumApply" } == 1)
            #expect(kinds.count { $0 == "gatherMinimumApply" } == 3)
        }
    }
}
