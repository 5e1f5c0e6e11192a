import Gyre

struct Record: Sendable, Codable {
    var key: Int64
    var a: Int64
    var b: Double
    var c: Int64
}

@inline(never)
func handWritten(_ count: Int) -> Double {
    var sum = 0.0
    for i in 0..<count {
        var r = Record(key: Int64(i & 1023), a: Int64(i), b: Double(i), c: 1)
        r.a = r.a &* 3
        if r.a & 7 == 0 { continue }
        r.b = r.b + 1.5
        sum += r.b
    }
    return sum
}

func time<T>(_ name: String, _ count: Int, _ workers: Int, _ body: () throws -> T) rethrows -> T {
    let clock = MonotonicClock()
    let start = clock.nanoseconds()
    let result = try body()
    let ns = Double(clock.nanoseconds() - start)
    print("\(name): \(ns * Double(workers) / Double(count)) ns/record/worker  result \(result)")
    return result
}

let n = 100_000_000
for _ in 0..<2 { _ = time("hand", n, 1) { handWritten(n) } }

func chain(_ workers: Int) throws -> Double {
    let job = Job("chain")
    let sum = job.generate(count: n) { i in Record(key: Int64(i & 1023), a: Int64(i), b: Double(i), c: 1) }
        .map { r in
            var r = r; r.a = r.a &* 3; return r
        }
        .filter { $0.a & 7 != 0 }
        .map { r in
            var r = r; r.b += 1.5; return r
        }
        .fold(0.0, update: { $0 += $1.b }, merge: { $0 += $1 })
        .collect()
    try job.run(
        JobConfiguration(parallelism: workers, batchSize: Int(CommandLine.arguments.dropFirst().first ?? "2048")!))
    return sum.elements[0]
}
for w in [1, 2, 2] { _ = try time("chain \(w)", n, w) { try chain(w) } }

func keyed(_ workers: Int, keys: Int) throws -> Int {
    let job = Job("keyed")
    let sums = job.generate(count: n) { i in
        KeyedValue(key: Int64(StableHash.mix(UInt64(i)) % 100_000), value: Int64(i))
    }
    .keyBy { $0.key }
    .fold(Int64(0)) { $0 &+= $1.value }
    .collect()
    try job.run(
        JobConfiguration(parallelism: workers, batchSize: Int(CommandLine.arguments.dropFirst().first ?? "2048")!))
    return sums.elements.count
}
for w in [1, 2, 2] { _ = try time("keyed \(w)", n, w) { try keyed(w, keys: 100_000) } }

let rounds = 20_000
let job = Job("empty rounds")
let out = job.elements([1]).iterate(maximum: rounds, name: "loop") { $0.map { $0 } }.collect()
let plan = try job.run(JobConfiguration(parallelism: 2))
print(out.elements, plan.loops["loop"]!.rounds.count, plan.seconds / Double(rounds) * 1e6, "µs a round")
