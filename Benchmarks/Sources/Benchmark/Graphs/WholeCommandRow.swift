/// The whole of PageRank, from a text file to a written result, against GAP reading, building and computing.
///
/// GAP writes no result, so that our side does more. Values are checked by the rows of PageRank.
struct WholeCommandRow: Row {
    let name = "whole-command"
    let summary = "PageRank from a text file to a written result: wall time and peak memory"

    func run(_ settings: Settings) throws -> [Figure] {
        let files = try GraphFiles(settings)
        try files.make()
        var figures: [Figure] = []
        for precision in ["single", "double"] {
            let contest = try Contest(
                ours: [
                    "pagerank", files.edges, "--vertices", files.vertices, "--iterations", "20", "--precision",
                    precision,
                ],
                peers: ["pr", "pr_spmv"].map { ($0, ["-f", files.edges, "-i", "20", "-t", "0"]) }, settings)
            guard !contest.peers.isEmpty else { continue }
            figures += [
                Figure(
                    name: "whole command, \(precision), wall, Gyre ÷ GAP",
                    value: contest.ratio { usage, _ in usage.wallSeconds },
                    unit: "×", goal: 0.35),
                Figure(
                    name: "whole command, \(precision), peak memory, Gyre ÷ GAP",
                    value: contest.ratio { usage, _ in Double(usage.peakBytes) }, unit: "×", goal: 1.0),
                Figure(
                    name: "whole command, \(precision), CPU, Gyre ÷ GAP",
                    value: contest.ratio { usage, _ in usage.processorSeconds }, unit: "×"),
            ]
        }
        return figures
    }
}
