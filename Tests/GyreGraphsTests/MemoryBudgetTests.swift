import Gyre
import GyreGraphAlgorithms
import GyreGraphs
import Testing

/// What cannot spill is refused before it passes the budget, with the node, the need and the budget.
@Suite struct MemoryBudgetTests {
    private let random = RandomEdges(vertices: 2000, count: 50_000, seed: 21)

    @Test func readingIsRefused() throws {
        #expect(try refusal(ofBudget: 100_000, running: false) == "readEdges")
    }

    @Test func layingRowsOutIsRefused() throws {
        // Edges take 400,000 bytes while they are read, rows 200,000 and more behind them.
        #expect(try refusal(ofBudget: 500_000, running: false) == "layOutRows")
    }

    @Test func aProgramIsRefused() throws {
        // Many vertices and few edges: what programs keep of vertices is more than what reading took.
        let sparse = RandomEdges(vertices: 20_000, count: 5000, seed: 22)
        let vertices = sparse.vertices.count
        #expect(try refusal(ofBudget: vertices * 40 + 60_000, of: sparse, running: true) == "pagerank")
        #expect(try refusal(ofBudget: vertices * 70 + 60_000, of: sparse, running: true) == nil)
    }

    @Test(arguments: ProgramForm.allCases)
    func aRunGivesItsMemoryBack(form: ProgramForm) throws {
        let sparse = RandomEdges(vertices: 20_000, count: 5000, seed: 23)
        let graph = try sparse.withFile {
            try Graph<Unweighted>.load(
                EdgeInput(
                    edges: $0, directions: [.incoming, .outgoing], memoryBudget: sparse.vertices.count * 100 + 100_000))
        }
        for _ in 0..<10 {
            let job = Job("pagerank")
            _ = try PageRank<Double>(iterations: 2).ranks(of: graph, in: job, form: form)
                .column(ofVertices: graph.vertexCount)
            try job.run()
        }
    }

    /// The node that was refused; nil if none was.
    private func refusal(ofBudget budget: Int, of edges: RandomEdges? = nil, running: Bool) throws -> String? {
        do {
            let graph = try (edges ?? random).withFile {
                try Graph<Unweighted>.load(EdgeInput(edges: $0, memoryBudget: budget))
            }
            guard running else { return nil }
            let job = Job("pagerank")
            _ = try PageRank<Double>().ranks(of: graph, in: job).column(ofVertices: graph.vertexCount)
            do { try job.run() } catch let error as OperatorError { throw error.underlying }
            return nil
        } catch MemoryError.overBudget(let node, let need, let allowed) {
            #expect(need > allowed)
            #expect(allowed == budget)
            return node
        }
    }
}
