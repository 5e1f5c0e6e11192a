/// The promise that nothing earlier than this will follow on a channel.
///
/// A frontier has two coordinates: event time, and the round of the loop that the channel lies in.
/// Bounded loops advance the round only, streams advance event time only, so the order is total:
/// event time first, then round. Rules:
///
/// 1. A channel starts at `start` and its frontier never falls.
/// 2. Outside loops `round` is 0. Inside a loop, the frontier with round `r + 1` is the *marker of
///    round r*: every record of round r has been sent before it.
/// 3. An operator with several inputs stands at the minimum of them; an input that lies outside the
///    loop and has ended stands at `end` and so no longer holds the others back.
/// 4. `end` is the last frontier: the input is over, in every round.
public struct Frontier: Hashable, Comparable, Sendable, Codable {
    /// No event earlier than this will follow.
    public var time: Timestamp
    /// No record of an earlier round will follow. Rounds count from 1; 0 is outside any loop.
    public var round: Int

    /// Makes the frontier at `time` and `round`.
    @inlinable
    public init(time: Timestamp, round: Int = 0) {
        self.time = time
        self.round = round
    }

    /// Nothing is promised yet.
    @inlinable
    public static var start: Frontier { Frontier(time: .min, round: 0) }

    /// Nothing will follow.
    @inlinable
    public static var end: Frontier { Frontier(time: .max, round: .max) }

    /// The frontier that says: round `round` is complete.
    @inlinable
    public static func marker(ofRound round: Int) -> Frontier { Frontier(time: .min, round: round + 1) }

    /// The round that this frontier completes, if it is a round's marker.
    @inlinable
    public var completedRound: Int? {
        round > 1 && round < .max ? round - 1 : nil
    }

    @inlinable
    public static func < (left: Frontier, right: Frontier) -> Bool {
        left.time == right.time ? left.round < right.round : left.time < right.time
    }
}
