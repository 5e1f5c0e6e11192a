import Foundation
import Glibc

/// Keeps a second benchmark out of the work folder, where it would disturb the times and write over the results.
enum WorkLock {
    /// Holds until the process ends.
    static func take(_ settings: Settings) throws {
        try FileManager.default.createDirectory(atPath: settings.work, withIntermediateDirectories: true)
        let path = settings.work + "/lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0, flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw ChildProcess.Failure(description: "another benchmark runs in \(settings.work)")
        }
    }
}
