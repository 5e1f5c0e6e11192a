/// Weakly connected components against GAP's Afforest, `cc`.
struct ComponentsRow: Row {
    let name = "components"
    let summary = "weakly connected components, compute"

    func run(_ settings: Settings) throws -> [Figure] {
        let files = try GraphFiles(settings)
        try files.make()
        let peer = ["-f", files.edges, "-s"]
        let contest = try Contest(
            ours: ["connected-components", files.edges, "--vertices", files.vertices], peers: [("cc", peer)], settings)

        let labels = try labels(in: ReferenceGraph(files.edges, vertexCount: files.vertexCount))
        let values = try contest.ours.last?.values(count: files.vertexCount)
        guard let values, values == labels.map({ Double($0) }) else {
            throw ChildProcess.Failure(description: "labels differ from the reference")
        }
        let count = Set(labels).count
        print("   values: all labels equal the sequential reference; \(count) components")
        if let folder = settings.gap {
            let checked = try GAPKernel.run("cc", peer + ["-a", "-v"], in: folder, settings)
            try checked.requireVerified()
            guard GAPKernel.number(after: "There are", in: checked.usage.output) == Double(count) else {
                throw ChildProcess.Failure(description: "GAP found others: \(checked.usage.output)")
            }
            print("   values: GAP finds as many components and passes its own verifier; it prints no labels")
        }
        return contest.computeRatio("components", goal: 1.5)
    }

    /// Union by the smaller number, so that a component's root is its label.
    private func labels(in graph: ReferenceGraph) -> [Int] {
        var parents = Array(0..<graph.vertexCount)
        func root(_ vertex: Int) -> Int {
            var vertex = vertex
            while parents[vertex] != vertex {
                parents[vertex] = parents[parents[vertex]]
                vertex = parents[vertex]
            }
            return vertex
        }
        for vertex in 0..<graph.vertexCount {
            for edge in graph.row(vertex) {
                let (left, right) = (root(vertex), root(graph.targets[edge]))
                parents[max(left, right)] = min(left, right)
            }
        }
        return (0..<graph.vertexCount).map(root)
    }
}
