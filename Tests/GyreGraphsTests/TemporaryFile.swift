import Foundation
import GyreFormats

/// A file that is there while a test runs.
enum TemporaryFile {
    @discardableResult
    static func with<Result>(_ text: String, _ body: ([InputFile]) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("gyre-\(UUID().uuidString).txt")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(try InputFiles.resolve([file.path]))
    }
}
