import Gyre

/// map → filter → map → fold over 32-byte structs made in place, beside a hand-written loop of the same run.
struct ChainRow: Row {
    let name = "chain"
    let summary = "map, filter, map, fold over 32-byte structs"

    private typealias Pipeline = @Sendable (Job, Int, Constants) -> DataStream<Double>

    private struct Constants: Sendable {
        var factor: Int64 = 3
        var summand = 1.5
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let constants = Opaque.hide(Constants())
        let hand = KernelTiming.runs(settings.runs, workers: 1, records: settings.records) {
            handWritten(settings.records, constants)
        }
        let expected = hand[0].result
        print("   hand-written loop: \(hand.map(\.nanoseconds).spread) ns a record")
        let perRecord = hand.map(\.nanoseconds).median
        var figures: [Figure] = []
        let forms: [(String, Double, Pipeline)] = [
            ("capturing nothing", 3, ChainRow.plain), ("map(with:)", 3, ChainRow.withParameters),
            ("capturing values", 10, ChainRow.capturing),
        ]
        for (form, goal, pipeline) in forms {
            var walls: [Int: Double] = [:]
            for workers in [1, 2] {
                let runs = try KernelTiming.runs(settings.runs, workers: workers, records: settings.records) {
                    let job = Job("chain")
                    let sum = pipeline(job, settings.records, constants).collect()
                    try job.run(JobConfiguration(parallelism: workers))
                    return sum.elements[0]
                }
                // Every term is a multiple of a half below 2^53: the sum is exact in any order.
                guard runs.allSatisfy({ $0.result == expected }) else {
                    throw ChildProcess.Failure(description: "\(form): \(runs.map(\.result)), by hand \(expected)")
                }
                let times = runs.map(\.nanoseconds)
                print("   \(form), \(workers) workers: \(times.spread) ns; ÷ hand \((times.median / perRecord).short)")
                walls[workers] = times.median / Double(workers)
                figures.append(
                    Figure(
                        name: "chain, \(form), \(workers) workers", value: times.median, unit: "ns a record a worker",
                        goal: goal))
            }
            figures.append(
                Figure(
                    name: "chain, \(form), speed-up with 2 workers", value: (walls[1] ?? 0) / (walls[2] ?? 1),
                    unit: "×",
                    goal: 1.8, isFloor: true))
        }
        return figures
    }

    @inline(never)
    private func handWritten(_ count: Int, _ constants: Constants) -> Double {
        var sum = 0.0
        for number in 0..<count {
            var record = Record(number: number)
            record.a = record.a &* constants.factor
            if record.a & 7 == 0 { continue }
            record.b += constants.summand
            sum += record.b
        }
        return sum
    }

    private static let plain: Pipeline = { job, count, _ in
        job.generate(count: count) { Record(number: $0) }
            .map { record in
                var record = record
                record.a = record.a &* 3
                return record
            }
            .filter { $0.a & 7 != 0 }
            .map { record in
                var record = record
                record.b += 1.5
                return record
            }
            .fold(0.0, update: { $0 += $1.b }, merge: { $0 += $1 })
    }

    private static let withParameters: Pipeline = { job, count, constants in
        job.generate(count: count) { Record(number: $0) }
            .map(with: constants) { record, constants in
                var record = record
                record.a = record.a &* constants.factor
                return record
            }
            .filter { $0.a & 7 != 0 }
            .map(with: constants) { record, constants in
                var record = record
                record.b += constants.summand
                return record
            }
            .fold(0.0, update: { $0 += $1.b }, merge: { $0 += $1 })
    }

    private static let capturing: Pipeline = { job, count, constants in
        job.generate(count: count) { Record(number: $0) }
            .map { record in
                var record = record
                record.a = record.a &* constants.factor
                return record
            }
            .filter { $0.a & 7 != 0 }
            .map { record in
                var record = record
                record.b += constants.summand
                return record
            }
            .fold(0.0, update: { $0 += $1.b }, merge: { $0 += $1 })
    }
}
