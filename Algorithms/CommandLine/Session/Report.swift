/// What `--report` writes; its schema is Docs/Report.schema.json. What does not apply is nil, and absent in JSON.
struct Report: Encodable, Sendable {
    struct Phases: Encodable, Sendable {
        var load: Double?
        var compute: Double?
        var write: Double?
    }

    struct Round: Encodable, Sendable {
        var number: Int
        var seconds: Double
        var workset: Int
        var changed: Int
        /// Nil where a number is not finite, which JSON cannot say.
        var aggregators: [String: Double?]
    }

    /// Of this run, all together.
    struct Checkpoints: Encodable, Sendable {
        var written: Int
        var bytes: Int
        var seconds: Double
    }

    struct Counts: Encodable, Sendable {
        var rows: Int?
        var vertices: Int?
        var edges: Int?
        var rejected: Int?
    }

    struct ErrorPlace: Encodable, Sendable {
        var code: Int32
        var file: String?
        var line: Int?
        var message: String
    }

    var command: String
    var version: String
    var parallelism: Int?
    var seed: UInt64?
    var phases: Phases?
    var rounds: [Round]?
    var resumedFromRound: Int?
    var checkpoints: Checkpoints?
    var converged: Bool?
    var counts: Counts?
    /// Of what is learned; values that are no numbers are left out.
    var metrics: [String: Double]?
    /// Of all jobs of the run; nil where none has run.
    var spilledBytes: Int?
    var peakMemoryBytes: Int?
    var error: ErrorPlace?
}
