import Foundation
import Glibc

/// What a finished child has used.
struct Usage {
    var wallSeconds: Double
    var processorSeconds: Double
    /// `ru_maxrss`.
    var peakBytes: Int
    /// How many cores others took meanwhile.
    var others: Double
    var output: String
}

/// A program run to its end, with what the system has counted for it.
///
/// A child's peak memory begins with its parent's, so that the parent is a small process in between: this program again,
/// started with `--measure`.
enum ChildProcess {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// - Parameter environment: added to this process's.
    /// - Throws: `Failure` where it does not start or does not end with 0.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], output: String
    ) throws -> Usage {
        let measured = output + ".usage"
        let meter = OthersMeter()
        let end = try spawn(
            "/proc/self/exe", ["--measure", measured, program] + arguments, environment: environment, output: output
        ).end
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard end.isSuccess else {
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")) \(end): \(text)")
        }
        let numbers = try String(contentsOfFile: measured, encoding: .utf8).split(separator: " ").compactMap {
            Double($0)
        }
        guard numbers.count == 3 else { throw Failure(description: "no figures in \(measured)") }
        return Usage(
            wallSeconds: numbers[0], processorSeconds: numbers[1], peakBytes: Int(numbers[2]),
            others: meter.cores(without: numbers[1]), output: text)
    }

    /// The process in between: runs the program, writes wall and CPU seconds and peak bytes; answers its exit code.
    ///
    /// A program that a signal has killed says nothing itself, so that it is said here, with the memory that it had.
    static func measure(_ arguments: [String]) throws -> Int32 {
        let (end, wall, usage) = try spawn(arguments[1], Array(arguments[2...]))
        if case .signal = end {
            FileHandle.standardError.write(
                Data("\(arguments[1]) \(end), with \(Int(usage.ru_maxrss) / 1024) MiB resident at most\n".utf8))
        }
        let processor = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        try "\(wall) \(processor) \(Int(usage.ru_maxrss) * 1024)".write(
            toFile: arguments[0], atomically: false, encoding: .utf8)
        return end.code
    }

    /// - Parameter output: where standard output and error go; nil leaves them.
    private static func spawn(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], output: String? = nil
    ) throws -> (end: ProcessEnd, wall: Double, usage: rusage) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output {
            posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
        var argumentList = ([program] + arguments).map { strdup($0) } + [nil]
        var variableList = variables.map { strdup($0) } + [nil]
        defer { for text in argumentList + variableList { free(text) } }
        var process = pid_t()
        let start = DispatchTime.now().uptimeNanoseconds
        guard posix_spawnp(&process, program, &actions, nil, &argumentList, &variableList) == 0 else {
            throw Failure(description: "cannot start \(program)")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        return (ProcessEnd(status: status), Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9, usage)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
}
