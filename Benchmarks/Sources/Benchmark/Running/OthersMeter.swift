import Foundation

/// How many cores other processes take while something is measured: what makes a wall time good or useless.
struct OthersMeter {
    /// Above this a run is repeated.
    static let limit = 0.2

    private let start = DispatchTime.now().uptimeNanoseconds
    private let busy = OthersMeter.busySeconds()

    /// - Parameter own: the CPU seconds of what was measured.
    func cores(without own: Double) -> Double {
        let wall = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        // The system counts in hundredths of a second, so that short runs say nothing.
        return wall < 0.1 ? 0 : max(0, (OthersMeter.busySeconds() - busy - own) / wall)
    }

    /// The CPU seconds of all processes since the start of the machine.
    private static func busySeconds() -> Double {
        let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
        let fields =
            text.split(whereSeparator: \.isNewline).first?.split(separator: " ").dropFirst().compactMap { Double($0) }
            ?? []
        guard fields.count >= 7 else { return 0 }
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / 100
    }

    /// The CPU seconds of this process.
    static func ownSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Runs `turn` until there are `runs` undisturbed results; after twice as many attempts the disturbed ones
    /// with the least others count too, and it says so.
    static func undisturbed<Result>(
        _ runs: Int, _ turn: () throws -> (result: Result, others: Double)
    ) rethrows -> [Result] {
        var attempts: [(result: Result, others: Double)] = []
        while attempts.count < runs * 2, attempts.count(where: { $0.others <= limit }) < runs {
            attempts.append(try turn())
        }
        let quiet = attempts.filter { $0.others <= limit }
        if quiet.count >= runs { return quiet.map(\.result) }
        let best = attempts.sorted { $0.others < $1.others }.prefix(runs)
        print(
            "   DISTURBED: \(runs - quiet.count) of \(runs) runs had others on up to \((best.last?.others ?? 0).short) cores"
        )
        return best.map(\.result)
    }
}
