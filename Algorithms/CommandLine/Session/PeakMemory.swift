import Foundation

/// The most memory that this process has had resident. `VmHWM` and not `ru_maxrss`, which begins with what the parent
/// had at the time of the fork.
enum PeakMemory {
    static var bytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        return bytes(inStatus: status)
    }

    /// From a line such as `VmHWM:      1234 kB`.
    static func bytes(inStatus status: String) -> Int? {
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let fields = line.split { $0.isWhitespace }
            return fields.count > 1 ? Int(fields[1]).map { $0 << 10 } : nil
        }
        return nil
    }
}
