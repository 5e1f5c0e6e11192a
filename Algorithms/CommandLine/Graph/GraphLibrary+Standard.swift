import Gyre
import GyreFormats
import GyreGraphs

extension GraphLibrary {
    /// The library of this package. Weights are loaded where an algorithm uses them, else they take no memory.
    static let standard = GraphLibrary { request, configuration in
        request.keepsWeights
            ? try load(request, configuration, as: Double.self) : try load(request, configuration, as: Unweighted.self)
    }

    private static func load<Edge: EdgeValue>(
        _ request: GraphRequest, _ configuration: JobConfiguration, as edge: Edge.Type
    ) throws -> any CommandGraph {
        let rejected = RejectedList()
        let policy: GyreFormats.BadRecordPolicy =
            switch request.rejections {
            case .fail: .fail
            case .skip: .skip
            case .keep: .report { rejected.append($0) }
            }
        let graph = try Graph<Edge>.load(
            EdgeInput(
                edges: request.edges, vertices: request.vertices.map { [$0] } ?? [], format: request.format,
                isUndirected: request.isUndirected, simplifies: request.isSimplified, weightRule: request.weightRule,
                onBadRecord: policy, directions: request.directions, memoryBudget: request.memory),
            configuration: configuration)
        return LoadedGraph(graph: graph, rejectedRecords: rejected.records)
    }
}
