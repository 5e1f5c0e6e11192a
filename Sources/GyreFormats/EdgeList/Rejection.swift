/// A record a parser did not take.
public struct Rejection: Equatable, Sendable {
    public var position: BlockPosition
    /// The line in the block, from 1; `LineLedger` turns it into the line in the file.
    public var line: Int
    public var defect: RecordDefect

    public init(position: BlockPosition, line: Int, defect: RecordDefect) {
        self.position = position
        self.line = line
        self.defect = defect
    }
}

/// The caller's answer to a rejection.
public enum RejectionVerdict: Sendable {
    /// Leave the record out and go on.
    case skip
    /// Parse no further in this block.
    case stop
}

/// How the parsing of a block ended. Lines are counted in the block, from 1, its header's included.
public enum ParseOutcome: Equatable, Sendable {
    /// The whole block was read; `lines` is for `LineLedger.record`.
    case done(lines: Int)
    /// Integer parsing only: a sound record whose identifiers are not all Int64. Start over with text identifiers.
    case notInteger(line: Int)
    /// The caller stopped at this line.
    case stopped(line: Int)
}
