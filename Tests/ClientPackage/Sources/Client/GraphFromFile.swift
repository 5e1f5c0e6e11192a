import Foundation
import Gyre
import GyreGraphAlgorithms
import GyreGraphs

/// The third example of the README: ranks of a file's graph.
enum GraphFromFile {
    static func rank(of name: String, in path: String) throws -> Double? {
        let graph = try Graph<Unweighted>.load(EdgeInput(edges: [InputFile(path: path)]))
        let job = Job("ranks")
        let ranks = try PageRank<Double>(iterations: 100, tolerance: 1e-9)
            .ranks(of: graph, in: job)
            .column(ofVertices: graph.vertexCount)
        try job.run()
        return graph.identifiers.position(of: name).map { ranks[$0] }
    }

    /// Two vertices that point at a third.
    static func check() throws -> Outcome {
        try TemporaryFile.with("a c\nb c\n", named: "edges.txt") { path in
            guard let rank = try rank(of: "c", in: path) else { return .fails("c is no vertex") }
            // a = b = x, c = y: 2x + y = 1, and x = (1 − d)/3 + d·y/3.
            let damping = 0.85
            let expected = 1 - 2 * ((1 - damping) / 3 + damping / 3) / (1 + 2 * damping / 3)
            return abs(rank - expected) < 1e-8 ? .holds("") : .fails("found \(rank), expected \(expected)")
        }
    }

    /// What is wrong with a file is typed and says where.
    static func badRecord() throws -> Outcome {
        try TemporaryFile.with("1 2\n3\n", named: "edges.txt") { path in
            do {
                _ = try Graph<Unweighted>.load(EdgeInput(edges: [InputFile(path: path)]))
                return .fails("a line of one field is accepted")
            } catch let error as BadRecord {
                return .equal(error.line, 2)
            }
        }
    }
}

/// A file that is there while a closure runs.
enum TemporaryFile {
    static func with<Result>(_ text: String, named name: String, _ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gyre-client-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return try body(file.path())
    }
}
