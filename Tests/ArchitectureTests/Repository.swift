import Foundation

/// The repository that these tests were compiled from.
enum Repository {
    static let root: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appending(path: "LICENSE").path()) {
            precondition(folder.path() != "/", "no LICENSE in a folder above \(#filePath)")
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func manifest() throws -> Manifest { try Manifest(text(of: "Package.swift")) }

    /// Swift files below `folders`, by path; build folders are left out.
    static func swiftFiles(in folders: String...) throws -> [SourceFile] {
        let paths = folders.flatMap { folder -> [String] in
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
            return (names?.compactMap { $0 as? String } ?? []).map { folder + "/" + $0 }
        }
        return try paths.filter { $0.hasSuffix(".swift") && !$0.contains("/.build/") }.sorted()
            .map { SourceFile(path: $0, text: try text(of: $0)) }
    }
}
