import Gyre
import GyreGenerators
import Testing

struct RandomMatrixGraphTests {
    @Test("The stream has the edges in the order of their numbers, at any parallelism", arguments: [1, 2, 3, 7])
    func stream(parallelism: Int) throws {
        let graph = RandomMatrixGraph(scale: 6, edgeFactor: 5, weights: true, seed: 3)
        let job = Job()
        let edges = graph.edges(in: job).collect()
        try job.run(JobConfiguration(parallelism: parallelism))
        #expect(edges.elements == (0..<graph.edgeCount).map(graph.edge))
        #expect(edges.elements.count == 320)
    }

    @Test("Quadrants come up as often as they should")
    func quadrants() {
        let graph = RandomMatrixGraph(scale: 1, edgeFactor: 50_000, seed: 11)
        var counts: [[Int64]: Int] = [:]
        for number in 0..<graph.edgeCount {
            let edge = graph.edge(at: number)
            counts[[edge.source, edge.target], default: 0] += 1
        }
        // The permutation may have swapped both vertices: the diagonal holds a and d, the rest b and c.
        let share = { (source: Int64, target: Int64) in Double(counts[[source, target]] ?? 0) / 100_000 }
        #expect(abs(max(share(0, 0), share(1, 1)) - 0.57) < 0.01)
        #expect(abs(min(share(0, 0), share(1, 1)) - 0.05) < 0.01)
        #expect(abs(share(0, 1) - 0.19) < 0.01)
        #expect(abs(share(1, 0) - 0.19) < 0.01)
    }

    @Test("Degrees are skewed, and the heavy vertices are anywhere")
    func degrees() {
        let graph = RandomMatrixGraph(scale: 12, seed: 5)
        var degrees = [Int](repeating: 0, count: graph.vertexCount)
        for number in 0..<graph.edgeCount { degrees[Int(graph.edge(at: number).source)] += 1 }
        let heaviest = degrees.indices.sorted { degrees[$0] > degrees[$1] }.prefix(16)
        #expect(degrees.max() ?? 0 > 300)
        #expect(degrees.count { $0 == 0 } > 400)
        #expect(heaviest.contains { $0 < graph.vertexCount / 2 } && heaviest.contains { $0 >= graph.vertexCount / 2 })
    }

    @Test("Weights are from 1 to 255, drawn evenly, and change no edge")
    func weights() {
        let graph = RandomMatrixGraph(scale: 12, weights: true, seed: 5)
        let plain = RandomMatrixGraph(scale: 12, seed: 5)
        var counts = [Int](repeating: 0, count: 257)
        for number in 0..<graph.edgeCount {
            let edge = graph.edge(at: number)
            counts[Int(edge.weight)] += 1
            let unweighted = plain.edge(at: number)
            #expect(unweighted.source == edge.source && unweighted.target == edge.target && unweighted.weight == 1)
        }
        #expect(counts[0] == 0 && counts[256] == 0)
        #expect(counts[1...255].allSatisfy { 160...370 ~= $0 })
    }

    @Test("The smallest graph has one vertex, and loops")
    func scaleZero() {
        let graph = RandomMatrixGraph(scale: 0, edgeFactor: 2)
        #expect(graph.vertexCount == 1)
        #expect((0..<2).map(graph.edge) == [GeneratedEdge(source: 0, target: 0), GeneratedEdge(source: 0, target: 0)])
    }
}
