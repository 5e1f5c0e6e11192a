import Foundation
import Glibc

/// Keeps a second benchmark out of the work folder, where it would disturb the times and write over the results.
///
/// A lock of the system on an open file, so that it is gone with the process however that ends; children do not
/// inherit it. The file holds the process's id, for the one who is refused.
enum WorkLock {
    enum Refusal: Error, CustomStringConvertible {
        case taken(folder: String, process: String)
        case impossible(path: String, reason: String)

        /// By sysexits.h: somebody else has it for now, or it cannot be made.
        var exitCode: Int32 {
            switch self {
            case .taken: 75
            case .impossible: 73
            }
        }

        var description: String {
            switch self {
            case .taken(let folder, let process):
                "process \(process) already runs benchmarks in \(folder): wait for it, or set BENCHMARK_WORK"
            case .impossible(let path, let reason): "cannot lock \(path): \(reason)"
            }
        }
    }

    /// Holds until the process ends.
    static func take(_ settings: Settings) throws(Refusal) {
        let path = settings.work + "/lock"
        // A folder that cannot be made shows itself in `open`, with the system's reason.
        try? FileManager.default.createDirectory(atPath: settings.work, withIntermediateDirectories: true)
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Refusal.impossible(path: path, reason: String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw Refusal.impossible(path: path, reason: String(cString: strerror(errno)))
            }
            let process = try? String(contentsOfFile: path, encoding: .utf8)
            throw Refusal.taken(folder: settings.work, process: process.flatMap { $0.isEmpty ? nil : $0 } ?? "?")
        }
        let process = Array("\(getpid())".utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, process, process.count, 0) == process.count else {
            throw Refusal.impossible(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
