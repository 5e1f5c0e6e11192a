import Gyre
import GyreFormats
import GyreGraphAlgorithms
import GyreGraphs

let clock = MonotonicClock()
let files = try InputFiles.resolve([CommandLine.arguments[1]])
let vertices = CommandLine.arguments.count > 3 ? try InputFiles.resolve([CommandLine.arguments[3]]) : []
let t0 = clock.nanoseconds()
let configuration = JobConfiguration(parallelism: Int(CommandLine.arguments[2]) ?? 2)
let graph = try Graph<Unweighted>.load(EdgeInput(edges: files, vertices: vertices), configuration: configuration)
let t1 = clock.nanoseconds()
print("load", Double(t1 - t0) * 1e-9, graph.vertexCount, graph.edgeCount, graph.numberOfPosition != nil)
for _ in 0..<3 {
    let job = Job("pagerank")
    let t2 = clock.nanoseconds()
    let ranks = try PageRank<Float>().ranks(of: graph, in: job).column(ofVertices: graph.vertexCount)
    let result = try job.run(configuration)
    let t3 = clock.nanoseconds()
    print("compute", Double(t3 - t2) * 1e-9, ranks.elements.reduce(0.0) { $0 + Double($1) }, ranks.elements.max() ?? 0,
        result.loops["pagerank"]?.rounds.last as Any)
    let job2 = Job("pagerank")
    let t4 = clock.nanoseconds()
    _ = try PageRank<Double>().ranks(of: graph, in: job2).column(ofVertices: graph.vertexCount)
    _ = try job2.run(configuration)
    print("compute double", Double(clock.nanoseconds() - t4) * 1e-9)
    if CommandLine.arguments.count > 4 { print(job.explain()) }
}
