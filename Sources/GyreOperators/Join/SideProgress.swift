import GyreColumns
import GyreTime

/// Which side of a two-sided operator is where: port 1 is kept first, port 0 then passes by it.
///
/// In a loop a kept side from outside is complete for ever; one from the loop belongs to one round.
struct SideProgress {
    private var keptThrough = Frontier.start
    private var passedThrough = Frontier.start
    /// The frontier whose rows are being passed, until `finish`.
    private var completing: Frontier?

    /// Whether the kept side of what is being passed is complete.
    var isComplete: Bool { completing != nil || keptThrough == .end || keptThrough > passedThrough }

    /// The frontier of port 1 has moved. An event time completes no side.
    mutating func keep(through frontier: Frontier) {
        if frontier == .end || frontier.completedRound != nil { keptThrough = frontier }
    }

    /// Both sides are complete through a frontier, as soon as what waits has passed.
    mutating func complete(_ frontier: Frontier) {
        completing = frontier
    }

    /// What waited has passed.
    ///
    /// - Returns: whether the kept side is of no use any more.
    mutating func finish() -> Bool {
        guard let completed = completing else { return false }
        completing = nil
        passedThrough = completed
        return keptThrough != .end
    }

    func snapshot(into writer: inout ByteWriter) {
        writer.write(keptThrough)
        writer.write(passedThrough)
    }

    mutating func restore(from reader: inout ByteReader) throws {
        keptThrough = try reader.readFrontier()
        passedThrough = try reader.readFrontier()
    }
}
