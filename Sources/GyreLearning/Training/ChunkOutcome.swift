/// What a training's loop yields of a chunk.
struct ChunkOutcome<State: Codable & Sendable, Final: Codable & Sendable>: Sendable {
    /// The result, from the first chunk.
    var trained: Trained<State, Final>?
    /// The chunk's last word; nil where the training has failed.
    var final: Final?
    var failure: (any Error)?
}

/// The outcomes of chunks that follow each other, put together.
struct TrainingParts<State: Codable & Sendable, Final: Codable & Sendable>: Codable, Sendable {
    private var trained: Trained<State, Final>?
    private var finals: [Final] = []

    mutating func add(_ outcome: ChunkOutcome<State, Final>) throws {
        if let failure = outcome.failure { throw failure }
        trained = trained ?? outcome.trained
        if let final = outcome.final { finals.append(final) }
    }

    mutating func append(_ other: TrainingParts) {
        trained = trained ?? other.trained
        finals += other.finals
    }

    /// The result, once the first chunk is among the parts.
    var whole: Trained<State, Final>? {
        guard var trained else { return nil }
        trained.finals = finals
        return trained
    }
}
