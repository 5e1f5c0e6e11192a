/// Decides whether a combiner is worth its table, from the rows that it has seen.
///
/// A row that meets its key costs the combiner a probe and saves an exchange and another probe; one that does not
/// costs a probe and an entry for nothing. So a combiner pays from a reduction to about a half on.
struct CombinerGauge: Sendable {
    /// What to do.
    enum Verdict: Equatable, Sendable {
        case goOn
        /// Pass rows through from here on; the text says why.
        case turnOff(String)
    }

    /// Rows after which the first look is taken.
    static let firstLook = 1 << 14
    /// Of the first rows one in so many has to meet its key. A set of D equally frequent keys gives n²/2D
    /// meetings: fewer say that there are more than half a million, which no table of a combiner holds.
    static let leastMeetings = firstLook / 64
    /// Rows a key that a full table must have taken.
    static let leastReduction = 2

    /// Rows since the table was last empty.
    private(set) var rows = 0
    private var hasLooked = false

    /// Counts rows that were folded.
    mutating func add(_ count: Int) { rows += count }

    /// The look at a table with room left.
    mutating func look(keys: Int) -> Verdict {
        guard !hasLooked, rows >= CombinerGauge.firstLook else { return .goOn }
        hasLooked = true
        let meetings = rows - keys
        // The rows may be somewhat more than were asked for.
        return meetings * CombinerGauge.firstLook < CombinerGauge.leastMeetings * rows
            ? .turnOff("\(meetings) of the first \(rows) rows met their key") : .goOn
    }

    /// The look at a full table, which is emptied next.
    mutating func lookWhenFull(keys: Int) -> Verdict {
        defer { rows = 0 }
        hasLooked = true
        return rows < CombinerGauge.leastReduction * keys
            ? .turnOff("\(rows) rows filled the table with \(keys) keys") : .goOn
    }
}
