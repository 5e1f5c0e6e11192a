import Gyre
import GyreFormats
import GyreGraphAlgorithms
import GyreGraphs

let clock = MonotonicClock()
let arguments = CommandLine.arguments
let files = try InputFiles.resolve([arguments[2]])
let configuration = JobConfiguration(parallelism: Int(arguments[3]) ?? 2)
let vertices = arguments.count > 5 ? try InputFiles.resolve([arguments[5]]) : []
let source = Int64(arguments.count > 4 ? arguments[4] : "0") ?? 0
func timed<T>(_ name: String, _ body: () throws -> T) rethrows -> T {
    let start = clock.nanoseconds()
    let result = try body()
    print(name, Double(clock.nanoseconds() - start) * 1e-9)
    return result
}
switch arguments[1] {
case "pr":
    let graph = try timed("load") {
        try Graph<Unweighted>.load(EdgeInput(edges: files, vertices: vertices), configuration: configuration)
    }
    for _ in 0..<3 {
        let job = Job("pagerank")
        let ranks = try PageRank<Float>().ranks(of: graph, in: job).column(ofVertices: graph.vertexCount)
        _ = try timed("pagerank") { try job.run(configuration) }
        print(ranks.elements.reduce(0.0) { $0 + Double($1) })
    }
case "bfs", "cc":
    let graph = try timed("load") {
        try Graph<Unweighted>.load(
            EdgeInput(edges: files, isUndirected: true, directions: [.incoming, .outgoing]),
            configuration: configuration)
    }
    print(graph.vertexCount, graph.edgeCount)
    for _ in 0..<4 {
        let job = Job("x")
        let column =
            arguments[1] == "bfs"
            ? try BreadthFirstSearch(source: graph.identifiers.position(of: source) ?? 0).distances(in: graph, job: job)
                .column(ofVertices: graph.vertexCount)
            : try ConnectedComponents().labels(of: graph, in: job).column(ofVertices: graph.vertexCount)
        let result = try timed(arguments[1]) { try job.run(configuration) }
        print(result.loops.values.map { $0.rounds.map { "\($0.number):\(Int($0.seconds * 1e6))us w\($0.workset)" } })
        var distinct = Set<UInt32>()
        for value in column.elements { distinct.insert(value) }
        print(distinct.count, column.elements.reduce(0) { $0 &+ ($1 == .max ? 0 : Int($1)) })
    }
default:
    let graph = try timed("load") {
        try Graph<Double>.load(
            EdgeInput(edges: files, directions: [.outgoing]), configuration: configuration)
    }
    for _ in 0..<4 {
        let job = Job("x")
        let column = try ShortestPaths(source: graph.identifiers.position(of: source) ?? 0)
            .distances(in: graph, job: job).column(ofVertices: graph.vertexCount)
        let result = try timed("sssp") { try job.run(configuration) }
        print(result.loops.values.map { $0.rounds.count }, column.elements.reduce(0) { $0 + ($1.isFinite ? $1 : 0) })
    }
}
