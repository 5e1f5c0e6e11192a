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
            ? try ranks(settings, configuration, as: Float.self).result()
            : try ranks(settings, configuration, as: Double.self).result()
    }

    func connectedComponents(mostRounds: Int?, _ configuration: JobConfiguration) throws -> ResultValues {
        let labels = try column(configuration, named: "connected-components") { job in
            try ConnectedComponents(iterations: mostRounds ?? .max).labels(of: graph, in: job)
        }
        return switch graph.identifiers {
        case .range(0, _): labels.result()
        case .range(let first, _): .integers(labels.elements.map { first + Int64($0) })
        case .integers(let values): .integers(labels.elements.map { values[Int($0)] })
        case .strings(let values): .strings(labels.elements.map { values[Int($0)] })
        }
    }

    func breadthFirstSearch(
        source: String, mostRounds: Int?, _ configuration: JobConfiguration
    ) throws -> ResultValues {
        let search = BreadthFirstSearch(source: try position(of: source), iterations: mostRounds ?? .max)
        let levels = try column(configuration, named: "bfs") { try search.distances(in: graph, job: $0) }
        return levels.result(unreached: .max)
    }

    func shortestPaths(
        source: String, mostRounds: Int?, _ configuration: JobConfiguration
    ) throws -> ResultValues {
        let search = ShortestPaths(source: try position(of: source), iterations: mostRounds ?? .max)
        let distances = try column(configuration, named: "sssp") { try search.distances(in: graph, job: $0) }
        return distances.result(unreached: .infinity)
    }

    private func position(of identifier: String) throws -> Int {
        guard let position = graph.identifiers.position(of: identifier) else {
            throw CommandError.unknownVertex(identifier, option: "--source")
        }
        return position
    }

    private func ranks<Rank: BinaryFloatingPoint & BitwiseCopyable & Sendable & Codable>(
        _ settings: PageRankSettings, _ configuration: JobConfiguration, as rank: Rank.Type
    ) throws -> VertexColumn<Rank> {
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
    ) throws -> VertexColumn<Value> {
        let job = Job(name)
        let column = try algorithm(job).column(ofVertices: graph.vertexCount)
        try job.run(configuration)
        return column
    }
}
