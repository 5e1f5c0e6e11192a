import Gyre
import GyreOperators
import GyreRuntime
import GyreTesting
import Testing

/// Closures that throw end the job; the error names the operator and the record.
struct FailureTests {
    struct Refused: Error {}

    private func failure(
        _ name: String, _ record: String?, parallelisms: [Int] = [1, 2, 7], _ write: (Job, DataStream<Int>) -> Void
    ) throws {
        for seed in [nil, 1, 2, 3] as [UInt64?] {
            for parallelism in parallelisms {
                let job = Job()
                write(job, job.elements(Array(0..<100), name: "numbers").map(name: "before") { $0 })
                let configuration = JobConfiguration(parallelism: parallelism, batchSize: 8)
                do {
                    if let seed {
                        try job.run(scheduledWith: seed, configuration)
                    } else {
                        try Limit.within { [execution = try job.prepare(configuration)] in _ = try execution.run() }
                    }
                    Issue.record("no error")
                } catch let error as OperatorError {
                    #expect(error.name == name, "parallelism \(parallelism)")
                    #expect(error.record == record, "parallelism \(parallelism)")
                    #expect(error.underlying is Refused)
                    #expect(error.description.hasPrefix("operator \"\(name)\" failed"))
                }
            }
        }
    }

    @Test
    func ofRows() throws {
        try failure("m", "42") {
            _ = $1.map(name: "m") { if $0 == 42 { throw Refused() } else { return $0 } }.collect()
        }
        try failure("m", "42") { _ = $1.map(with: 42, name: "m") { if $0 == $1 { throw Refused() } }.collect() }
        try failure("f", "42") {
            _ = $1.filter(name: "f") { if $0 == 42 { throw Refused() } else { return true } }.collect()
        }
        try failure("c", "42") {
            _ = $1.compactMap(name: "c") { row -> String? in if row == 42 { throw Refused() } else { return "\(row)" } }
                .collect()
        }
        try failure("x", "42") {
            _ = $1.flatMap(name: "x") { row -> [String] in if row == 42 { throw Refused() } else { return ["\(row)"] } }
                .collect()
        }
        try failure("e", "42") { $1.forEach(name: "e") { if $0 == 42 { throw Refused() } } }
        try failure("g", "42") { job, _ in
            _ = job.generate(count: 100, name: "g") { row -> String in
                if row == 42 { throw Refused() } else { return "\(row)" }
            }
            .collect()
        }
    }

    @Test
    func ofKeysAndValues() throws {
        try failure("k", "42") {
            _ = $1.keyBy { if $0 == 42 { throw Refused() } else { return $0 } }.fold(0, name: "k") { $0 += $1 }
                .collect()
        }
        try failure("k", "42") {
            _ = $1.keyBy { $0 }.fold(0, name: "k") { if $1 == 42 { throw Refused() } else { $0 += $1 } }.collect()
        }
        try failure("j", "42") {
            _ = $1.keyBy { if $0 == 42 { throw Refused() } else { return $0 } }.join($1.keyBy { $0 }, name: "j") {
                $0 + $1
            }.collect()
        }
        try failure("j", "42") {
            _ = $1.keyBy { $0 }.join(
                $1.keyBy { if $0 == 42 { throw Refused() } else { return $0 } }, hint: .broadcastRight, name: "j"
            ) { $0 + $1 }.collect()
        }
        try failure("j", "42") {
            _ = $1.keyBy { $0 }.join($1.keyBy { $0 }, name: "j") {
                if $0 == 42 { throw Refused() } else { return $0 + $1 }
            }.collect()
        }
        try failure("j", "42") {
            _ = $1.keyBy { $0 }.join($1.keyBy { $0 }, hint: .sortMerge, name: "j") {
                if $0 == 42 { throw Refused() } else { return $0 + $1 }
            }.collect()
        }
        try failure("j", "42") {
            _ = $1.keyBy { if $0 == 42 { throw Refused() } else { return $0 } }.join(
                $1.keyBy { $0 }, hint: .sortMerge, name: "j"
            ) { $0 + $1 }.collect()
        }
        try failure("g", "42") {
            _ = $1.keyBy { if $0 == 42 { throw Refused() } else { return $0 } }.reduceGroup(name: "g") { key, _ in key }
                .collect()
        }
        try failure("s", "42") {
            _ = $1.sortPartition(by: { if $0 == 42 { throw Refused() } else { return $0 } }, name: "s").collect()
        }
        // One worker is not asked which worker.
        try failure("repartition", "42", parallelisms: [2, 7]) {
            _ = $1.partition(name: "p") { if $0 == 42 { throw Refused() } else { return UInt64($0) } }.collect()
        }
    }

    @Test
    func ofFoldsAndLoops() throws {
        try failure("sum", "42") {
            _ = $1.fold(
                0, name: "sum", update: { if $1 == 42 { throw Refused() } else { $0 += $1 } }, merge: { $0 += $1 }
            ).collect()
        }
        try failure("sum", "4950") {
            _ = $1.global().fold(
                0, name: "sum", update: { $0 += $1 }, merge: { if $1 == 4_950 { throw Refused() } else { $0 += $1 } }
            ).collect()
        }
        try failure("step", "142") {
            _ = $1.iterate(maximum: 50) {
                $0.map(name: "step") { if $0 == 142 { throw Refused() } else { return $0 + 10 } }
            }.collect()
        }
        try failure("p", nil) { _ = $1.mapPartition(name: "p") { _ -> Identity in throw Refused() }.collect() }
    }

    struct Identity: PartitionFunction {
        mutating func process(_ row: Int, into emitter: inout Emitter<Int>) { emitter.emit(row) }
    }
}
