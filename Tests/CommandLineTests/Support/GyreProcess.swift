import Foundation

/// The binary as a child process.
final class GyreProcess {
    /// How a command ended.
    struct Outcome {
        var code: Int32
        var output: String
        var errors: String
    }

    /// The writing end of the child's standard input.
    let input = Pipe()
    /// The reading end of its standard output.
    let output = Pipe()
    private let errors = Pipe()
    private let process = Process()

    /// Starts the command in a folder, with standard input and output as pipes.
    ///
    /// - Parameter shell: a command for the shell to do before, such as setting a limit.
    init(_ arguments: [String], in folder: String, shell: String? = nil) throws {
        // A child that ends early must not end the tests.
        Foundation.signal(SIGPIPE, SIG_IGN)
        let binary = try Self.binary()
        if let shell {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "\(shell); exec \"$@\"", "sh", binary] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: binary)
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// Runs a command to its end, with a text as its standard input. Outputs are for small results: the child's error
    /// output is read after its result.
    static func run(
        _ arguments: [String], in folder: String, input text: String = "", shell: String? = nil
    ) throws -> Outcome {
        let process = try GyreProcess(arguments, in: folder, shell: shell)
        try? process.input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try process.input.fileHandleForWriting.close()
        let output = process.output.fileHandleForReading.readDataToEndOfFile()
        var outcome = process.wait()
        outcome.output = String(decoding: output, as: UTF8.self)
        return outcome
    }

    var isRunning: Bool { process.isRunning }

    var identifier: Int32 { process.processIdentifier }

    func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for the end, without reading more of the output.
    func wait() -> Outcome {
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // Negative where a signal has killed the process instead of its ending by itself.
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Outcome(code: code, output: "", errors: String(decoding: text, as: UTF8.self))
    }

    struct BinaryMissing: Error {
        var path: String
    }

    /// Beside the test bundle, where the same build has put it.
    private static func binary() throws -> String {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var folder = bundle.deletingLastPathComponent()
        while folder.path != "/" {
            let path = folder.appendingPathComponent("gyre").path
            if FileManager.default.isExecutableFile(atPath: path), !isFolder(path) { return path }
            folder = folder.deletingLastPathComponent()
        }
        throw BinaryMissing(path: bundle.path)
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
