import Foundation

/// A folder of a test's own, in which commands run; removed at the end.
final class WorkFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "gyre-command-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Everything in it, hidden files too, by name.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    func write(_ text: String, to name: String) throws {
        try write(bytes: Array(text.utf8), to: name)
    }

    func write(bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }

    func run(_ arguments: String..., input: String = "", shell: String? = nil) throws -> GyreProcess.Outcome {
        try GyreProcess.run(arguments, in: path, input: input, shell: shell)
    }

    func start(_ arguments: String...) throws -> GyreProcess {
        try GyreProcess(arguments, in: path)
    }
}
