/// Single-source shortest paths, weights 1…255, against GAP's delta-stepping with its better delta of 16 and 32.
struct ShortestPathsRow: Row {
    let name = "sssp"
    let summary = "shortest paths, directed, weights 1…255, compute"

    func run(_ settings: Settings) throws -> [Figure] {
        let files = try GraphFiles(settings)
        try files.make()
        let graph = try ReferenceGraph(files.weightedEdges, vertexCount: files.vertexCount, isWeighted: true)
        let source = String(graph.busiest)
        let peer = ["-f", files.weightedEdges, "-r", source]
        let contest = try Contest(
            ours: ["sssp", files.weightedEdges, "--vertices", files.vertices, "--source", source],
            peers: ["16", "32"].map { ("sssp", peer + ["-d", $0]) }, settings)

        let values = try contest.ours.last?.values(count: files.vertexCount)
        guard let values, values == distances(in: graph, from: graph.busiest) else {
            throw ChildProcess.Failure(description: "distances differ from the reference")
        }
        let reached = values.count { $0 != nil }
        print("   values: all distances equal the sequential reference; \(reached) reached")
        if let folder = settings.gap {
            let checked = try GAPKernel.run("sssp", peer + ["-d", "16", "-a", "-v"], in: folder, settings)
            try checked.requireVerified()
            guard GAPKernel.number(after: "SSSP Tree reaches", in: checked.usage.output) == Double(reached) else {
                throw ChildProcess.Failure(description: "GAP reached others: \(checked.usage.output)")
            }
            print("   values: GAP reaches as many vertices and passes its own verifier; it prints no distances")
        }
        return contest.computeRatio("SSSP", goal: 1.5)
    }

    /// Dial's algorithm: a list of vertices a distance.
    private func distances(in graph: ReferenceGraph, from source: Int) -> [Double?] {
        var best = [Int](repeating: .max, count: graph.vertexCount)
        best[source] = 0
        var buckets: [[Int]] = [[source]]
        var distance = 0
        while distance < buckets.count {
            for vertex in buckets[distance] where best[vertex] == distance {
                for edge in graph.row(vertex) {
                    let (target, length) = (graph.targets[edge], distance + graph.weights[edge])
                    guard length < best[target] else { continue }
                    best[target] = length
                    while buckets.count <= length { buckets.append([]) }
                    buckets[length].append(target)
                }
            }
            buckets[distance] = []
            distance += 1
        }
        return best.map { $0 == .max ? nil : Double($0) }
    }
}
