import Foundation

/// Files of this repository, by their path in it.
enum RepositoryFile {
    static func path(_ name: String) -> String {
        // Support → CommandLineTests → Tests → the root.
        (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
            .appendingPathComponent(name).path
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }
}
