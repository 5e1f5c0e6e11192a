import Gyre

/// What a round of a loop costs that has nothing to do.
struct EmptyRoundRow: Row {
    let name = "empty-round"
    let summary = "a round of a bulk iteration over one row, 2 workers"

    func run(_ settings: Settings) throws -> [Figure] {
        var times: [Double] = []
        for _ in 0..<settings.runs {
            let job = Job("empty rounds")
            let rows = job.elements([1]).iterate(maximum: settings.rounds, name: "loop") { $0.map { $0 } }.collect()
            let result = try job.run(JobConfiguration(parallelism: 2))
            guard rows.elements == [1], result.loops["loop"]?.rounds.count == settings.rounds else {
                throw ChildProcess.Failure(description: "the loop did not run its rounds")
            }
            times.append(result.seconds / Double(settings.rounds) * 1e6)
        }
        print("   \(times.spread) µs")
        return [Figure(name: "empty round", value: times.median, unit: "µs", goal: 20)]
    }
}
