import Foundation

/// How large the rows are, and where programs and data are.
struct Settings: Sendable {
    let isSmoke: Bool

    /// Runs of each side, in turn.
    var runs: Int { isSmoke ? 2 : Int(environment["BENCHMARK_RUNS"] ?? "") ?? 5 }
    var scale: Int { isSmoke ? 10 : 20 }
    var records: Int { isSmoke ? 100_000 : 100_000_000 }
    var keys: Int { isSmoke ? 1_000 : 100_000 }
    /// Rows of the batch engine's rows.
    var batchRows: Int { isSmoke ? 20_000 : 10_000_000 }
    /// Rows of the learning rows.
    var learningRows: Int { isSmoke ? 5_000 : 1_000_000 }
    var rounds: Int { isSmoke ? 200 : 20_000 }

    var gyre: String { environment["GYRE"] ?? "gyre" }
    /// The folder with GAP's kernels, where somebody has built them.
    var gap: String? { environment["GAPBS_DIR"] }
    /// A Python that has the peers of the batch engine, where there is one.
    var python: String? { environment["PEERS_PYTHON"] }
    /// The folder with the peers' scripts.
    var peers: String { environment["BENCHMARK_PEERS"] ?? "Peers" }
    /// Where data and results go.
    var work: String { environment["BENCHMARK_WORK"] ?? "Work" }

    private var environment: [String: String] { ProcessInfo.processInfo.environment }
}
