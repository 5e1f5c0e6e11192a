/// What `-v` tells of a run that succeeded.
enum Summary {
    static func text(of report: Report) -> String {
        var lines: [String] = []
        let counts: [(String, Int?)] = [
            ("vertices", report.counts?.vertices), ("edges", report.counts?.edges), ("rows", report.counts?.rows),
            ("rejected records", report.counts?.rejected),
        ]
        lines += counts.compactMap { name, count in count.map { "\($0) \(name)" } }
        if let rounds = report.rounds {
            lines.append("\(rounds.count) rounds, \(report.converged == true ? "converged" : "not converged")")
        }
        lines += (report.metrics ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        if let round = report.resumedFromRound { lines.append("resumed after round \(round)") }
        if let checkpoints = report.checkpoints {
            lines.append(
                "\(checkpoints.written) checkpoints, \(checkpoints.bytes) bytes, "
                    + ProgressLine.time(checkpoints.seconds))
        }
        let phases: [(String, Double?)] = [
            ("load", report.phases?.load), ("compute", report.phases?.compute), ("write", report.phases?.write),
        ]
        lines += phases.compactMap { name, seconds in seconds.map { "\(name) \(ProgressLine.time($0))" } }
        if let bytes = report.peakMemoryBytes { lines.append("peak memory \(bytes >> 20) MiB") }
        return lines.map { "gyre: \($0)\n" }.joined()
    }
}
