public import GyreOperators
import GyreTime

/// Holds an operator against the rules of `Operator`: whatever the batch size, the room, the order in which
/// ports take turns, the frontiers in between, and wherever it is replaced by a restored one, the same
/// rows come out.
public struct ConformanceChecker<Row: Hashable & Sendable> {
    /// How rows that come out are compared with the expected ones.
    public enum Order: Sendable {
        /// One by one. For operators with one port.
        case sequence
        /// As a multiset.
        case any
    }

    /// Makes an instance; called anew for each run.
    public var make: () -> Operator
    public var inputs: [PortInput]
    public var expected: [Row]
    /// What comes out where nothing went in.
    public var expectedOfNothing: [Row]
    public var order: Order
    /// Where the rows of a sink are found; nil reads what the operator emitted.
    public var observe: (() -> [Row])?
    /// Whether the operator stands in a loop: then every round must give the expected rows.
    public var rounds: Int?
    public var isSource = false
    /// Whether it may be replaced by one that is restored; not where a user's function cannot be written.
    public var restores = true
    /// Batch sizes to try.
    public var batchSizes = [1, 2, 7, 63, 64, 65, 1000]
    /// Bytes that the operator may keep, each tried; nil is without a limit. One that can spill is given so few
    /// that it must (`leastSpilledBytes`).
    public var memoryFloors: [Int?] = [nil]
    /// What each run under a limit spills at least.
    public var leastSpilledBytes = 0

    public init(
        inputs: [PortInput], expected: [Row], expectedOfNothing: [Row] = [], order: Order = .any, rounds: Int? = nil,
        observe: (() -> [Row])? = nil, make: @escaping () -> Operator
    ) {
        self.make = make
        self.inputs = inputs
        self.expected = expected
        self.expectedOfNothing = expectedOfNothing
        self.order = order
        self.rounds = rounds
        self.observe = observe
    }

    /// What does not hold, a line each; empty where all does.
    public func failures() throws -> [String] {
        var found: [String] = []
        for size in batchSizes {
            for room in [Int.max, 1] {
                for (seed, floor) in (UInt64(1)...3).flatMap({ seed in memoryFloors.map { (seed, $0) } }) {
                    let memory = floor.map { ", floor \($0)" } ?? ""
                    let place = "batch size \(size), room \(room == .max ? "enough" : "\(room)"), seed \(seed)\(memory)"
                    let run = ConformanceRun(
                        checker: self, batchSize: size, room: room, seed: seed, memoryFloor: floor)
                    found += try run.failures(restoringAt: nil).map { "\(place): \($0)" }
                }
            }
            guard restores else { continue }
            let run = ConformanceRun(
                checker: self, batchSize: size, room: 1, seed: UInt64(size), memoryFloor: memoryFloors.last ?? nil)
            // Every border where there are few, else some sixty of them, evenly.
            let borders = run.events
            for border in stride(from: 0, through: borders, by: max(1, borders / 60)) {
                found += try run.failures(restoringAt: border)
                    .map { "batch size \(size), restored at border \(border) of \(borders): \($0)" }
            }
        }
        if !isSource {
            var empty = self
            empty.inputs = inputs.map(\.emptied)
            empty.expected = expectedOfNothing
            empty.leastSpilledBytes = 0
            let run = ConformanceRun(
                checker: empty, batchSize: 7, room: 1, seed: 1, memoryFloor: memoryFloors.last ?? nil)
            found += try run.failures(restoringAt: nil).map { "no input: \($0)" }
        }
        return found
    }

    func compare(_ rows: [Row], with expected: [Row], _ place: String) -> [String] {
        let isSame = order == .sequence ? rows == expected : Tally(rows) == Tally(expected)
        if isSame { return [] }
        let (missing, extra) = (Tally(expected).rest(without: Tally(rows)), Tally(rows).rest(without: Tally(expected)))
        return [
            "\(place)\(rows.count) rows instead of \(expected.count); missing \(missing.prefix(3)), "
                + "too many \(extra.prefix(3))"
        ]
    }
}

/// A multiset.
private struct Tally<Row: Hashable>: Equatable {
    var counts: [Row: Int] = [:]

    init(_ rows: [Row]) {
        for row in rows { counts[row, default: 0] += 1 }
    }

    func rest(without other: Tally) -> [Row] {
        counts.filter { other.counts[$0.key, default: 0] < $0.value }.map(\.key)
    }
}
