import Gyre
import GyreFormats
import GyreGraphAlgorithms
import GyreGraphs

/// A graph of the library as the commands see it: identifiers in place of positions.
struct LoadedGraph<Edge: EdgeValue>: CommandGraph {
    let graph: Graph<Edge>
    let rejectedRecords: [BadRecord]

    var vertexCount: Int { graph.vertexCount }
    var edgeCount: Int { graph.edgeCount }
    var rejectedCount: Int { graph.rejected }

    var identifiers: ResultValues {
        switch graph.identifiers {
        case .range(let first, let count): .integers((0..<count).map { first + Int64($0) })
        case .integers(let values): .integers(values)
        case .strings(let values): .strings(values)
        }
    }

    func pageRank(_ settings: PageRankSettings, _ configuration: JobConfiguration) throws -> ResultValues {
        settings.isSinglePrecision
            ? .floats(try ranks(settings, configuration)) : .doubles(try ranks(settings, configuration))
    }

    func connectedComponents(mostRounds: Int?, _ configuration: JobConfiguration) throws -> ResultValues {
        throw CommandError.notBuiltIn("connected-components")
    }

    func breadthFirstSearch(
        source: String, mostRounds: Int?, _ configuration: JobConfiguration
    ) throws -> ResultValues {
        throw CommandError.notBuiltIn("bfs")
    }

    func shortestPaths(
        source: String, mostRounds: Int?, _ configuration: JobConfiguration
    ) throws -> ResultValues {
        throw CommandError.notBuiltIn("sssp")
    }

    private func ranks<Rank: BinaryFloatingPoint & BitwiseCopyable & Sendable & Codable>(
        _ settings: PageRankSettings, _ configuration: JobConfiguration
    ) throws -> [Rank] {
        try column(configuration, named: "pagerank") { job in
            try PageRank<Rank>(
                damping: settings.damping, iterations: settings.mostRounds, tolerance: settings.tolerance
            ).ranks(of: graph, in: job)
        }
    }

    /// Runs a job of one algorithm; its values by position.
    private func column<Value: BitwiseCopyable & Sendable & Codable>(
        _ configuration: JobConfiguration, named name: String,
        _ algorithm: (Job) throws -> DataStream<VertexValue<Value>>
    ) throws -> [Value] {
        let job = Job(name)
        let column = try algorithm(job).column(ofVertices: graph.vertexCount)
        try job.run(configuration)
        return column.elements
    }
}
