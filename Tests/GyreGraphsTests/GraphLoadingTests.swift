import Gyre
import GyreFormats
import GyreGraphs
import Testing

/// The graph that a file makes is the same at any parallelism, whatever its identifiers.
@Suite struct GraphLoadingTests {
    @Test(arguments: ["", "v"], [false, true])
    func rowsAreThoseOfTheEdges(prefix: String, isUndirected: Bool) throws {
        let random = RandomEdges(vertices: 500, count: 4000, seed: 11)
        let names =
            prefix.isEmpty
            ? random.vertices.map { "\($0)" } : random.vertices.map { "v\($0)" }.sorted()
        for parallelism in [1, 2, 3, 7] {
            let graph = try random.withFile(weighted: true, prefix: prefix) { files in
                try Graph<Double>.load(
                    EdgeInput(edges: files, isUndirected: isUndirected, directions: [.incoming, .outgoing]),
                    configuration: JobConfiguration(parallelism: parallelism))
            }
            #expect(graph.vertexCount == names.count)
            let outgoing = try #require(graph.outgoing)
            var found: [String] = []
            for vertex in 0..<graph.vertexCount {
                for edge in outgoing.offsets[vertex]..<outgoing.offsets[vertex + 1] {
                    let neighbor = Int(outgoing.neighbors[edge])
                    found.append(
                        "\(names[graph.position(ofNumber: vertex)]) \(names[graph.position(ofNumber: neighbor)]) "
                            + "\(outgoing.values[edge])")
                }
            }
            let edges = SequentialOracles(random, undirected: isUndirected).edges
            #expect(found.sorted() == edges.map { "\(prefix)\($0.source) \(prefix)\($0.target) \($0.weight)" }.sorted())
        }
    }

    @Test func simplifyKeepsTheLightestOfParallelEdges() throws {
        var random = RandomEdges(vertices: 2, count: 0, seed: 1)
        random.edges = [(1, 2, 9), (1, 2, 3), (2, 2, 1), (2, 1, 5)].map {
            .init(source: $0.0, target: $0.1, weight: $0.2)
        }
        let graph = try random.withFile(weighted: true) { files in
            try Graph<Double>.load(EdgeInput(edges: files, simplifies: true, directions: [.incoming, .outgoing]))
        }
        #expect(graph.edgeCount == 2)
        #expect(graph.outgoing?.values.elements.prefix(2).sorted() == [3, 5])
        #expect(graph.outDegrees.elements.map { $0 } == [1, 1])
    }

    @Test(arguments: [1, 2, 3])
    func theFirstBadRecordInFileOrderIsReported(parallelism: Int) throws {
        var text = (0..<300_000).map { "\($0 % 5000) \($0 % 77)" }
        text[200_000] = "1 2 x"
        text[250_000] = "1"
        try TemporaryFile.with(text.joined(separator: "\n")) { files in
            #expect {
                _ = try Graph<Double>.load(
                    EdgeInput(edges: files), configuration: JobConfiguration(parallelism: parallelism))
            } throws: { error in
                (error as? BadRecord)?.line == 200_001
            }
        }
    }

    @Test func verticesWithoutEdgesAreKept() throws {
        try TemporaryFile.with("1 2\n") { edges in
            try TemporaryFile.with("5\n2\n9\n") { vertices in
                let graph = try Graph<Unweighted>.load(EdgeInput(edges: edges, vertices: vertices))
                #expect(graph.identifiers == .integers([1, 2, 5, 9]))
            }
        }
    }

    @Test func anEmptyFileIsAGraphWithoutVertices() throws {
        try TemporaryFile.with("") { files in
            let graph = try Graph<Unweighted>.load(EdgeInput(edges: files))
            #expect(graph.vertexCount == 0)
            #expect(graph.edgeCount == 0)
        }
    }
}
