import Foundation
import Glibc

/// What a finished child has used.
struct Usage {
    var wallSeconds: Double
    var processorSeconds: Double
    /// `ru_maxrss`.
    var peakBytes: Int
    var output: String
}

/// A program run to its end, with what the kernel has counted for it.
enum ChildProcess {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// - Parameter environment: added to this process's.
    /// - Throws: `Failure` where it does not start or does not end with 0.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], output: String
    ) throws -> Usage {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
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
        let end = DispatchTime.now().uptimeNanoseconds
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else {
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")) ended with \(status): \(text)")
        }
        return Usage(
            wallSeconds: Double(end - start) * 1e-9,
            processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakBytes: Int(usage.ru_maxrss) * 1024, output: text)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
}
