public import GyreColumns

/// Training as the kernel's loop runs it: rows are cut into chunks, workers go through chunks, one of them puts the
/// parts together at the end of the round.
///
/// Rules:
///
/// 1. A chunk is a fixed range of rows that does not depend on the number of workers. In a round it is worked on by one
///    worker, whichever claims it, which alone touches the chunk's part.
/// 2. During a round all workers read the state as the last round left it. `endRound` runs alone, reads the parts in
///    the order of chunks, and replaces the state. So results are the same bits at any parallelism.
/// 3. A checkpoint holds the state, and of a part what `save` writes. A part that writes nothing is made anew by
///    `makePart` when a run resumes, and must then lead to the same bits as the one that went on.
/// 4. The loop ends when `endRound` says that it has converged, or after its most rounds.
public protocol TrainingProgram: Sendable {
    /// What all workers read in a round: coefficients, centres, an optimiser's memory.
    associatedtype State: Codable & Sendable
    /// What a chunk keeps: its partial result, and what it remembers from round to round.
    associatedtype Part: AnyObject & Sendable
    /// What a worker needs to work in, made once a worker.
    associatedtype Scratch: Sendable
    /// What a chunk says at the end, when the state is final; `Nothing` where that is nothing.
    associatedtype Final: Codable & Sendable

    /// The state before round 1.
    func initialState() throws -> State
    /// Bytes that the part of a chunk of this many rows takes; what does not grow with the rows decides how many chunks
    /// there are (`TrainingChunks`).
    func partByteCount(rows: Int) -> Int
    func makePart(for chunk: TrainingChunk) -> Part
    func makeScratch() -> Scratch
    /// Works through a chunk in a round, from 1.
    func compute(_ chunk: TrainingChunk, _ part: Part, _ state: State, round: Int, scratch: Scratch) throws
    /// Puts the parts of a round together.
    func endRound(_ parts: [Part], _ state: inout State, round: Int) throws -> TrainingRound

    /// Looks at a chunk once more when the loop is over.
    func finish(_ chunk: TrainingChunk, _ part: Part, _ state: State) -> Final

    /// Writes what the next round reads of a part besides the state.
    func save(_ part: Part, into writer: inout ByteWriter) throws
    /// Reads what `save` wrote into a part that was made anew.
    func restore(_ part: Part, from reader: inout ByteReader) throws
    /// What the result is computed of besides the rows, by name: parameters and start. A checkpoint under another
    /// identity is refused.
    var identity: [String: String] { get }
}

extension TrainingProgram {
    public func save(_ part: Part, into writer: inout ByteWriter) {}
    public func restore(_ part: Part, from reader: inout ByteReader) {}
}

extension TrainingProgram where Scratch == Nothing {
    public func makeScratch() -> Nothing { Nothing() }
}

extension TrainingProgram where Final == Nothing {
    public func finish(_ chunk: TrainingChunk, _ part: Part, _ state: State) -> Nothing { Nothing() }
}

/// For programs that need no room to work in, or have nothing to say at the end.
public struct Nothing: Codable, Sendable {
    public init() {}
}

/// How a round of training ended.
public struct TrainingRound: Sendable, Equatable {
    /// What is reported of the round: loss, largest movement, norm of the gradient.
    public var figures: [String: Double]
    public var isConverged: Bool
    /// How many rows changed in what is kept of them; 0 where nothing is.
    public var changed: Int

    public init(figures: [String: Double], isConverged: Bool, changed: Int = 0) {
        self.figures = figures
        self.isConverged = isConverged
        self.changed = changed
    }
}

/// What a training has led to.
public struct Trained<State: Codable & Sendable, Final: Codable & Sendable>: Codable, Sendable {
    public var state: State
    /// How many rounds there were, those before a resumption included.
    public var rounds: Int
    public var isConverged: Bool
    /// The figures of the last round.
    public var figures: [String: Double]
    /// What the chunks said at the end, in their order.
    public var finals: [Final]
}
