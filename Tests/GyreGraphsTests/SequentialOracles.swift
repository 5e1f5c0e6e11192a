/// Sequential reference implementations: slow, short and evidently right.
struct SequentialOracles {
    let vertices: [Int64]
    let edges: [RandomEdges.Edge]

    init(_ random: RandomEdges, undirected: Bool = false) {
        vertices = random.vertices
        edges =
            random.edges
            + (undirected
                ? random.edges.filter { $0.source != $0.target }.map {
                    RandomEdges.Edge(source: $0.target, target: $0.source, weight: $0.weight)
                } : [])
    }

    /// By vertex in ascending order.
    func pageRank(damping: Double, rounds: Int) -> [Double] {
        let index = Dictionary(uniqueKeysWithValues: vertices.enumerated().map { ($1, $0) })
        let count = Double(vertices.count)
        var degree = [Double](repeating: 0, count: vertices.count)
        for edge in edges { degree[index[edge.source]!] += 1 }
        var rank = [Double](repeating: 1 / count, count: vertices.count)
        for _ in 0..<rounds {
            var next = [Double](repeating: 0, count: vertices.count)
            let dangling = zip(rank, degree).reduce(0) { $0 + ($1.1 == 0 ? $1.0 : 0) }
            for edge in edges { next[index[edge.target]!] += rank[index[edge.source]!] / degree[index[edge.source]!] }
            rank = next.map { (1 - damping) / count + damping * ($0 + dangling / count) }
        }
        return rank
    }

    /// Nil where not reached.
    func shortestPaths(from source: Int64, weight: (RandomEdges.Edge) -> Double) -> [Double?] {
        var distance: [Int64: Double] = [source: 0]
        var changed = true
        while changed {
            changed = false
            for edge in edges {
                guard let here = distance[edge.source] else { continue }
                if here + weight(edge) < distance[edge.target] ?? .infinity {
                    distance[edge.target] = here + weight(edge)
                    changed = true
                }
            }
        }
        return vertices.map { distance[$0] }
    }

    /// The smallest vertex of each vertex's component.
    func components() -> [Int64] {
        var label = Dictionary(uniqueKeysWithValues: vertices.map { ($0, $0) })
        var changed = true
        while changed {
            changed = false
            for edge in edges {
                let least = min(label[edge.source]!, label[edge.target]!)
                for vertex in [edge.source, edge.target] where label[vertex]! > least {
                    label[vertex] = least
                    changed = true
                }
            }
        }
        return vertices.map { label[$0]! }
    }
}
