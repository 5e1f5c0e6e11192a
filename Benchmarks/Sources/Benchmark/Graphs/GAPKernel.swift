import Foundation

/// A run of one of GAP's kernels, 2 threads, one trial.
struct GAPKernel {
    var usage: Usage
    /// Seconds by its "Average Time".
    var compute: Double

    static func run(
        _ kernel: String, _ arguments: [String], in folder: String, _ settings: Settings
    ) throws -> GAPKernel {
        try requireThreads(of: "\(folder)/\(kernel)")
        let usage = try ChildProcess.run(
            "\(folder)/\(kernel)", arguments + ["-n", "1"], environment: ["OMP_NUM_THREADS": "2"],
            output: "\(settings.work)/gap-output.txt")
        guard let average = number(after: "Average Time:", in: usage.output) else {
            throw ChildProcess.Failure(description: "\(kernel) printed no average time: \(usage.output)")
        }
        return GAPKernel(usage: usage, compute: average)
    }

    /// A kernel that was built without OpenMP runs on one thread and says nothing about it.
    private static func requireThreads(of program: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: program))
        guard ["GOMP_parallel", "__kmpc_fork_call"].contains(where: { bytes.range(of: Data($0.utf8)) != nil }) else {
            throw ChildProcess.Failure(description: "\(program) was built without OpenMP: build it with -fopenmp")
        }
    }

    /// The number behind a label in what it printed.
    static func number(after label: String, in output: String) -> Double? {
        guard let range = output.range(of: label) else { return nil }
        return output[range.upperBound...].split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
    }

    /// The pairs `vertex:value` that `-a` prints.
    var pairs: [(vertex: Int, value: Double)] {
        usage.output.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: ":")
            guard parts.count == 2, let vertex = Int(parts[0]), let value = Double(parts[1]) else { return nil }
            return (vertex, value)
        }
    }

    /// What the kernel's own verifier said.
    func requireVerified() throws {
        guard usage.output.contains("PASS") else {
            throw ChildProcess.Failure(description: "the peer's own verification failed: \(usage.output)")
        }
    }
}
