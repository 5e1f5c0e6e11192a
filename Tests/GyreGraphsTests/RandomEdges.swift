import Foundation
import Gyre
import GyreFormats
import GyreGraphs

/// Random edges for property tests, and a file of them.
struct RandomEdges {
    struct Edge: Equatable {
        var source: Int64
        var target: Int64
        var weight: Double
    }

    var edges: [Edge] = []

    /// Skewed ends: half of them among the first few vertices, in large graphs so few that numbers follow degrees.
    init(vertices: Int, count: Int, seed: UInt64, stride: Int64 = 1) {
        var state = seed
        func next(_ bound: Int) -> Int {
            state &+= 0x9e37_79b9_7f4a_7c15
            return Int(StableHash.mix(state) % UInt64(bound))
        }
        let hubs = max(1, vertices < 1 << 14 ? vertices / 16 : vertices / 1000)
        for _ in 0..<count {
            let source = next(2) == 0 ? next(hubs) : next(vertices)
            let target = next(2) == 0 ? next(hubs) : next(vertices)
            edges.append(
                Edge(source: Int64(source) * stride, target: Int64(target) * stride, weight: Double(1 + next(255))))
        }
    }

    /// The vertices that have an edge, ascending.
    var vertices: [Int64] { Set(edges.flatMap { [$0.source, $0.target] }).sorted() }

    /// Runs `body` with a file of the edges as text.
    func withFile<Result>(
        named name: String = "edges.txt", weighted: Bool = false, prefix: String = "",
        _ body: ([InputFile]) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gyre-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = edges.map { edge in
            "\(prefix)\(edge.source) \(prefix)\(edge.target)" + (weighted ? " \(Int(edge.weight))" : "")
        }.joined(separator: "\n")
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return try body(try InputFiles.resolve([file.path]))
    }
}
