import GyreFormats
import GyreGenerators

/// Writes the edges of a generated graph in order, made and formatted by all workers.
struct GeneratedEdges<Graph: GeneratedGraph> {
    let graph: Graph
    let format: OutputFormat

    func write(to output: OutputFile, in session: Session) throws {
        let names = ["source", "target"] + (graph.isWeighted ? ["weight"] : [])
        let rows = ResultRows(format: format, names: names)
        let header = TextBuffer()
        rows.header(into: header)
        try output.write(header)
        let text = OrderedText(rowCount: graph.edgeCount) { [graph] range, buffer in
            rows.append(0..<range.count, of: Self.columns(of: graph, range), into: buffer)
        }
        try text.write(to: output, in: session, showsProgress: true)
    }

    private static func columns(of graph: Graph, _ numbers: Range<Int>) -> [ResultValues] {
        var sources = [Int64](repeating: 0, count: numbers.count)
        var targets = sources
        var weights = graph.isWeighted ? sources : []
        for (row, number) in numbers.enumerated() {
            let edge = graph.edge(at: number)
            sources[row] = edge.source
            targets[row] = edge.target
            if graph.isWeighted { weights[row] = edge.weight }
        }
        return [.integers(sources), .integers(targets)] + (graph.isWeighted ? [.integers(weights)] : [])
    }
}
