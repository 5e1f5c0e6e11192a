import Foundation

/// How much memory a run may use when nobody says: 70 % of the machine's, or of the control group's limit if that is
/// less.
enum MemoryBudget {
    static var standard: MemorySize {
        let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let available = min(machine, controlGroupLimit ?? machine)
        return MemorySize(bytes: max(1, available / 10 * 7))
    }

    /// Version 2 has one hierarchy, in which every ancestor limits too; version 1 a controller of its own.
    private static var controlGroupLimit: Int? {
        guard let groups = text(of: "/proc/self/cgroup") else { return nil }
        var limits: [Int] = []
        for line in groups.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            if fields[1].isEmpty {
                limits += unified(String(fields[2]))
            } else if fields[1].split(separator: ",").contains("memory") {
                let folder = "/sys/fs/cgroup/memory"
                limits += ["", String(fields[2])].compactMap { number(in: "\(folder)\($0)/memory.limit_in_bytes") }
            }
        }
        return limits.min()
    }

    /// The limits from the group up to the root that this process sees.
    private static func unified(_ group: String) -> [Int] {
        var path = group.split(separator: "/")
        var limits: [Int] = []
        while true {
            let folder = (["/sys/fs/cgroup"] + path.map(String.init)).joined(separator: "/")
            if let limit = number(in: folder + "/memory.max") { limits.append(limit) }
            if path.popLast() == nil { return limits }
        }
    }

    /// `max` and numbers beyond Int say that there is no limit.
    private static func number(in path: String) -> Int? {
        text(of: path).flatMap { Int($0.filter { !$0.isWhitespace }) }
    }

    private static func text(of path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
