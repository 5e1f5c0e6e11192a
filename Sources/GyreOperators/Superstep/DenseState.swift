public import GyreColumns

/// How the vectors of a dense iteration get into checkpoints and back.
///
/// Saved and restored between two rounds, while nobody works on the loop, by all workers at once: a chunk is a frame,
/// whoever worked on it. Which frames a worker writes depends on the number of workers; what is in them does not.
public struct DenseState: Sendable {
    /// What the state is computed of: by name, a fingerprint of the input and the program's parameters. A checkpoint
    /// under another identity is refused.
    public var identity: @Sendable () -> [String: String]
    /// Writes and reads what is not of any chunk. One worker does.
    public var saveShared: @Sendable (inout ByteWriter) throws -> Void
    public var restoreShared: @Sendable (inout ByteReader) throws -> Void
    /// Writes what the next round reads of a chunk, its number first.
    public var saveChunk: @Sendable (_ chunk: Int, inout ByteWriter) throws -> Void
    /// Reads a chunk back that was saved after the given round.
    public var restoreChunk: @Sendable (inout ByteReader, _ worker: Int, _ round: Int) throws -> Void
    /// Runs alone once everything is restored: lays out the next round.
    public var resume: @Sendable (_ round: Int) -> Void

    public init(
        identity: @escaping @Sendable () -> [String: String],
        saveShared: @escaping @Sendable (inout ByteWriter) throws -> Void,
        restoreShared: @escaping @Sendable (inout ByteReader) throws -> Void,
        saveChunk: @escaping @Sendable (_ chunk: Int, inout ByteWriter) throws -> Void,
        restoreChunk: @escaping @Sendable (inout ByteReader, _ worker: Int, _ round: Int) throws -> Void,
        resume: @escaping @Sendable (_ round: Int) -> Void
    ) {
        self.identity = identity
        self.saveShared = saveShared
        self.restoreShared = restoreShared
        self.saveChunk = saveChunk
        self.restoreChunk = restoreChunk
        self.resume = resume
    }

    /// The identity is in each worker's file: none may touch a vector before it knows that the chunks are the same.
    func save(_ chunks: Range<Int>, worker: Int, into output: any LoopStateOutput) throws {
        try output.frame { $0.write(identity: identity()) }
        if worker == 0 { try output.frame { try saveShared(&$0) } }
        for chunk in chunks { try output.frame { try saveChunk(chunk, &$0) } }
    }

    func begin(_ input: any LoopStateInput, worker: Int) throws {
        try input.require { try $0.check(identity: identity(), of: input) }
        if worker == 0 { try input.require { try restoreShared(&$0) } }
    }
}
