import GyreGenerators
import Testing

struct GridGraphTests {
    @Test(
        "Edges to the right and down, by source",
        arguments: [(1, 1), (1, 5), (5, 1), (2, 2), (3, 4), (4, 3), (7, 9)])
    func edges(rows: Int, columns: Int) {
        let graph = GridGraph(rows: rows, columns: columns)
        var expected: [GeneratedEdge] = []
        for vertex in 0..<rows * columns {
            let source = Int64(vertex)
            if vertex % columns + 1 < columns { expected.append(GeneratedEdge(source: source, target: source + 1)) }
            if vertex / columns + 1 < rows {
                expected.append(GeneratedEdge(source: source, target: source + Int64(columns)))
            }
        }
        #expect((0..<graph.edgeCount).map(graph.edge) == expected)
        #expect(graph.vertexCount == rows * columns)
    }
}
