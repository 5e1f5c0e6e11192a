import Foundation
import GyreGenerators

/// The graph that both sides read: R-MAT without repeated edges and self-loops, ids shuffled, edges in the order in
/// which they were drawn.
///
/// GAP drops repeated edges and loops on load, so that a shared file must have none; and it takes the largest id for the
/// number of vertices, so that the last vertex must have an edge. Our side is given all vertices as a file.
struct GraphFiles {
    let scale: Int
    let folder: String

    init(_ settings: Settings) throws {
        scale = settings.scale
        folder = settings.work
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    var vertexCount: Int { 1 << scale }
    var edges: String { "\(folder)/rmat-\(scale).el" }
    var weightedEdges: String { "\(folder)/rmat-\(scale).wel" }
    /// The same with an edge more for each vertex that has none going out.
    var edgesWithoutSinks: String { "\(folder)/rmat-\(scale)-no-sinks.el" }
    var vertices: String { "\(folder)/rmat-\(scale).v" }

    /// Writes the files that are not there yet.
    func make() throws {
        let files = [edges, weightedEdges, edgesWithoutSinks, vertices]
        if files.allSatisfy(FileManager.default.fileExists) { return }
        print("   making \(edges)")
        let graph = RandomMatrixGraph(scale: scale, weights: true)
        var seen = EdgeSet(room: graph.edgeCount)
        var kept: [GeneratedEdge] = []
        kept.reserveCapacity(graph.edgeCount)
        for number in 0..<graph.edgeCount {
            let edge = graph.edge(at: number)
            if edge.source != edge.target, seen.insert(edge) { kept.append(edge) }
        }
        guard let first = kept.first else { throw ChildProcess.Failure(description: "the graph has no edges") }
        // Renumbers by a bijection under which the last vertex is one with an edge.
        let exchange = first.source ^ Int64(vertexCount - 1)
        let plain = try TextFile(edges)
        let weighted = try TextFile(weightedEdges)
        let noSinks = try TextFile(edgesWithoutSinks)
        var hasOut = [Bool](repeating: false, count: vertexCount)
        for edge in kept {
            let (source, target) = (edge.source ^ exchange, edge.target ^ exchange)
            hasOut[Int(source)] = true
            plain.line(source, target)
            noSinks.line(source, target)
            weighted.line(source, target, edge.weight)
        }
        for vertex in 0..<vertexCount where !hasOut[vertex] {
            noSinks.line(Int64(vertex), Int64((vertex + 1) % vertexCount))
        }
        let all = try TextFile(vertices)
        for vertex in 0..<vertexCount { all.line(Int64(vertex)) }
        for file in [plain, weighted, noSinks, all] { try file.close() }
    }
}

/// Edges by open addressing, 0 for a free slot: no loop is ever put in, so no edge is 0.
private struct EdgeSet {
    private var slots: [UInt64]

    init(room: Int) {
        var count = 64
        while count < room * 2 { count *= 2 }
        slots = [UInt64](repeating: 0, count: count)
    }

    mutating func insert(_ edge: GeneratedEdge) -> Bool {
        let packed = UInt64(edge.source) << 32 | UInt64(edge.target)
        var slot = Int(truncatingIfNeeded: (packed &* 0x9e37_79b9_7f4a_7c15) >> 32) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] == packed { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = packed
        return true
    }
}

/// Lines of numbers, written aside and renamed when they are complete.
private final class TextFile {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>
    private var buffer: [UInt8] = []

    init(_ path: String) throws {
        self.path = path
        guard let file = fopen(path + ".part", "w") else {
            throw ChildProcess.Failure(description: "cannot write \(path)")
        }
        self.file = file
        buffer.reserveCapacity(1 << 20)
    }

    func line(_ numbers: Int64...) {
        for (index, number) in numbers.enumerated() {
            if index > 0 { buffer.append(32) }
            buffer.append(contentsOf: String(number).utf8)
        }
        buffer.append(10)
        if buffer.count > 1 << 20 { flush() }
    }

    private func flush() {
        fwrite(buffer, 1, buffer.count, file)
        buffer.removeAll(keepingCapacity: true)
    }

    func close() throws {
        flush()
        guard ferror(file) == 0, fclose(file) == 0, rename(path + ".part", path) == 0 else {
            throw ChildProcess.Failure(description: "cannot write \(path)")
        }
    }
}
