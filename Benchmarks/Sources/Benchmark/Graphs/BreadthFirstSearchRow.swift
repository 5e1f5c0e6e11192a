/// Breadth-first search of the undirected graph against GAP's direction-optimising `bfs`.
struct BreadthFirstSearchRow: Row {
    let name = "bfs"
    let summary = "breadth-first search, undirected, compute"

    func run(_ settings: Settings) throws -> [Figure] {
        let files = try GraphFiles(settings)
        try files.make()
        let graph = try ReferenceGraph(files.edges, vertexCount: files.vertexCount, isUndirected: true)
        let source = String(graph.busiest)
        let peer = ["-f", files.edges, "-s", "-r", source]
        let contest = try Contest(
            // GAP symmetrises without repeated edges.
            ours: ["bfs", files.edges, "--vertices", files.vertices, "--undirected", "--simplify", "--source", source],
            peers: [("bfs", peer)], settings)

        let expected = distances(in: graph, from: graph.busiest)
        let values = try contest.ours.last?.values(count: files.vertexCount)
        guard let values, values == expected.map({ $0.map(Double.init) }) else {
            throw ChildProcess.Failure(description: "distances differ from the reference")
        }
        let reached = values.count { $0 != nil }
        print("   values: all distances equal the sequential reference; \(reached) reached")
        if let folder = settings.gap {
            let checked = try GAPKernel.run("bfs", peer + ["-a", "-v"], in: folder, settings)
            try checked.requireVerified()
            guard GAPKernel.number(after: "BFS Tree has", in: checked.usage.output) == Double(reached) else {
                throw ChildProcess.Failure(description: "GAP reached others: \(checked.usage.output)")
            }
            print("   values: GAP's tree has as many vertices and passes its own verifier; it prints no distances")
        }
        return contest.computeRatio("BFS", goal: 1.5)
    }

    private func distances(in graph: ReferenceGraph, from source: Int) -> [Int?] {
        var distances = [Int?](repeating: nil, count: graph.vertexCount)
        distances[source] = 0
        var frontier = [source]
        var depth = 0
        while !frontier.isEmpty {
            depth += 1
            var next: [Int] = []
            for vertex in frontier {
                for edge in graph.row(vertex) where distances[graph.targets[edge]] == nil {
                    distances[graph.targets[edge]] = depth
                    next.append(graph.targets[edge])
                }
            }
            frontier = next
        }
        return distances
    }
}
