import Foundation

/// Runs of our side and of the peer's in turn, with equal values, and the figures made of them.
struct PeerContest {
    /// A child's answer.
    struct Run {
        var usage: Usage
        /// Wall and CPU seconds of the work, each time that it was done.
        var times: [(wall: Double, processor: Double)] = []
        var peakBytes: Double
        var spilledBytes = 0.0
        /// What has to be equal on both sides.
        var values: [String: String] = [:]
        /// What has to be equal but for a tolerance.
        var numbers: [String: Double] = [:]
        /// What has to be at most the peer's, but for the tolerance: objectives that are minimised.
        var minima: [String: Double] = [:]

        init(_ usage: Usage) throws {
            self.usage = usage
            peakBytes = Double(usage.peakBytes)
            for line in usage.output.split(whereSeparator: \.isNewline) {
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                if words.count == 2, let bytes = Double(words[1]) {
                    if words[0] == "peak" { peakBytes = bytes }
                    if words[0] == "spilled" { spilledBytes = bytes }
                }
                guard words.count == 3 else { continue }
                if words[0] == "run", let wall = Double(words[1]), let processor = Double(words[2]) {
                    times.append((wall, processor))
                }
                if words[0] == "value" { values[words[1]] = words[2] }
                if words[0] == "number" { numbers[words[1]] = Double(words[2]) ?? .nan }
                if words[0] == "minimum" { minima[words[1]] = Double(words[2]) ?? .nan }
            }
            guard !times.isEmpty, !values.isEmpty else {
                throw ChildProcess.Failure(description: "no times or no values in: \(usage.output)")
            }
        }

        var wall: Double { times.last?.wall ?? .nan }

        /// The first number that is not the other side's: by more than the tolerance, relative to that.
        func difference(from other: Run, tolerance: Double) -> String? {
            guard numbers.keys == other.numbers.keys else { return "numbers \(numbers), the peer's \(other.numbers)" }
            for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
                guard let expected = other.numbers[name] else { continue }
                guard abs(number - expected) <= tolerance * abs(expected) else {
                    return "\(name): \(number), the peer's \(expected)"
                }
            }
            for (name, minimum) in minima {
                let expected = other.minima[name] ?? .nan
                guard minimum - expected <= tolerance * abs(expected) else {
                    return "\(name): \(minimum), the peer's \(expected)"
                }
            }
            return nil
        }
    }

    private var ours: [Run] = []
    private var peers: [Run] = []
    private let peer: String

    /// - Parameters:
    ///   - side: our side's arguments.
    ///   - peer: the peer's name, its script and the script's arguments.
    ///   - tolerance: how far numbers may differ, relative to the peer's.
    init(
        _ row: some PeerRow, _ side: [String], peer: (name: String, script: String, arguments: [String]),
        tolerance: Double = 0, _ settings: Settings
    ) throws {
        self.peer = peer.name
        print("   -- \(side.joined(separator: " "))")
        let turns = try OthersMeter.undisturbed(settings.runs) {
            let run = try Self.alone(row, side, settings)
            guard let python = settings.python else { return ((run, Run?.none), run.usage.others) }
            let other = try Run(
                ChildProcess.run(
                    python, ["\(settings.peers)/\(peer.script)"] + peer.arguments,
                    environment: ["POLARS_MAX_THREADS": "2", "PYTHONDONTWRITEBYTECODE": "1"],
                    output: "\(settings.work)/peer-output.txt"))
            guard other.values == run.values else {
                throw ChildProcess.Failure(description: "Gyre \(run.values), \(peer.name) \(other.values)")
            }
            if let difference = run.difference(from: other, tolerance: tolerance) {
                throw ChildProcess.Failure(description: difference)
            }
            return ((run, other), max(run.usage.others, other.usage.others))
        }
        ours = turns.map(\.0)
        peers = turns.compactMap(\.1)
        describe("Gyre", ours)
        if peers.isEmpty {
            print("   no peer: set PEERS_PYTHON to a Python that has \(peer.name)")
        } else {
            describe(peer.name, peers)
            print("   values: \(ours.first?.values.description ?? ""), on both sides")
            if let own = ours.first?.minima, let other = peers.first?.minima, !own.isEmpty {
                print("   minima: \(own), \(peer.name)'s \(other)")
            }
        }
    }

    /// One run of our side.
    static func alone(_ row: some PeerRow, _ side: [String], _ settings: Settings) throws -> Run {
        try Run(
            ChildProcess.run(
                "/proc/self/exe", ["--side", row.name] + side, output: "\(settings.work)/gyre-output.txt"))
    }

    /// Ours ÷ peer by the wall time of the last run; without a peer ours, not judged.
    func figure(_ name: String, goal: Double?) -> Figure {
        guard !peers.isEmpty else { return Figure(name: name, value: ours.map(\.wall).median, unit: "s") }
        let ratios = zip(ours, peers).map { $0.wall / $1.wall }
        return Figure(name: "\(name), Gyre ÷ \(peer)", value: ratios.median, unit: "×", goal: goal)
    }

    /// Our medians by the last run.
    var wall: Double { ours.map(\.wall).median }
    var processor: Double { ours.map { $0.times.last?.processor ?? .nan }.median }

    private func describe(_ name: String, _ runs: [Run]) {
        print(
            "   \(name.padding(toLength: 6, withPad: " ", startingAt: 0)) wall \(runs.map(\.wall).spread) s, "
                + "CPU \(runs.map { $0.times.last?.processor ?? .nan }.median.short) s, "
                + "first run \(runs.map { $0.times[0].wall }.median.short) s, "
                + "peak \((runs.map(\.peakBytes).median / 1_048_576).short) MiB")
    }
}
