import Glibc
import Gyre

/// A row whose sides run as children, so that each has a process's memory of its own: ours is this program again,
/// started with `--side`, the peer a script in `Peers`.
///
/// A side makes its data, does the work twice, and prints `run WALL CPU` for each time, `peak BYTES` behind the last, so
/// that comparing results does not count, and `value NAME TEXT`, `number NAME NUMBER` or `minimum NAME NUMBER` for what it
/// computed.
protocol PeerRow: Row {
    /// Our side, in a child.
    ///
    /// - Throws: where something does not run, or where values differ from a plain sequential computation.
    func side(_ arguments: [String]) throws
}

/// What our side prints.
enum Side {
    /// Does the work twice, since the second run finds memory that the first has taken; answers the last result.
    static func measure<Result>(runs: Int = 2, _ work: () throws -> Result) rethrows -> Result {
        for _ in 1..<runs { _ = try once(work) }
        let result = try once(work)
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        print("peak", Int(usage.ru_maxrss) * 1024)
        return result
    }

    private static func once<Result>(_ work: () throws -> Result) rethrows -> Result {
        let clock = MonotonicClock()
        let (wall, processor) = (clock.nanoseconds(), OthersMeter.ownSeconds())
        let result = try work()
        print("run", Double(clock.nanoseconds() - wall) * 1e-9, OthersMeter.ownSeconds() - processor)
        return result
    }

    /// A number that both sides have to agree on within the row's tolerance.
    static func number(_ name: String, _ value: Double) { print("number", name, value) }

    /// What both sides have minimised; ours must not be larger, but for the row's tolerance.
    static func minimum(_ name: String, _ value: Double) { print("minimum", name, value) }

    static func value(_ name: String, _ value: some CustomStringConvertible) { print("value", name, value) }

    static func require<Value: Equatable>(_ name: String, _ value: Value, equals expected: Value) throws {
        guard value == expected else {
            throw ChildProcess.Failure(description: "\(name): \(value), by a plain loop \(expected)")
        }
    }
}
