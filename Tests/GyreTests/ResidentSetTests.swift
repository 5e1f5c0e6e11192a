import Foundation
import Gyre
import Testing

/// Every operator that spills, over ten times its budget, in a process of its own: it spills, the answer is right, and
/// what the process has resident stays near the budget.
struct ResidentSetTests {
    enum Work: String, CaseIterable, Codable, Sendable {
        case sort, aggregation, distinct, reduceGroup, coGroup, hashJoin, sortMergeJoin, cross
        /// Rows that wait until the ranges are known.
        case rangeDam
        /// Rows that come before the side they probe is built, in a diamond.
        case earlyRows
        /// A side of a join that is built once for all rounds.
        case builtConstant
        /// A stream that is brought into every round.
        case replayedConstant
        /// The rows that go from one round to the next.
        case feedback, workset

        static let budget = 8 << 20
        /// Of 16 bytes: ten times the budget.
        static let rows = 10 * budget / 16

        /// Rows whose numbers are 0 ..< `count`, in no order.
        static func numbers(_ job: Job, _ count: Int = rows) -> DataStream<Pair<Int, Int>> {
            // A prime that divides no count here.
            job.generate(count: count) { Pair($0 &* 7_368_787 % count, $0) }
        }

        /// Adds the work to a job: a stream whose rows add up to `expected`.
        func add(to job: Job) -> DataStream<Int> {
            let half = Self.rows / 2
            switch self {
            case .sort:
                return Self.numbers(job).sorted(by: { $0.first }).map { $0.first }
            case .aggregation:
                return Self.numbers(job).keyBy { $0.first / 2 }.fold(0) { $0 += $1.first }.map { $0.value }
            case .distinct:
                return Self.numbers(job).map { Pair($0.first / 2, 1) }.distinct().map { $0.first }
            case .reduceGroup:
                return Self.numbers(job).keyBy { $0.first % 1000 }.reduceGroup(of: Int.self) { _, rows, emitter in
                    for row in rows { emitter.emit(row.first) }
                }
            case .coGroup:
                return Self.numbers(job, half).keyBy { $0.first % 1000 }
                    .coGroup(Self.numbers(job, half).keyBy { $0.first % 1000 }) { _, left, right, emitter in
                        for row in left { emitter.emit(row.first) }
                        for row in right { emitter.emit(row.first) }
                    }
            case .hashJoin, .sortMergeJoin:
                return Self.numbers(job, half).keyBy { $0.first }
                    .join(
                        Self.numbers(job, half).map { Pair($0.first, $0.first) }.keyBy { $0.first },
                        hint: self == .hashJoin ? .hashRight : .sortMerge
                    ) { $0.first + $1.second }
            case .cross:
                return job.elements([0, 1]).cross(Self.numbers(job)) { $1.first * $0 }
            case .rangeDam:
                return Self.numbers(job).partitionByRange { $0.first }.map { $0.first }
            case .earlyRows:
                let rows = Self.numbers(job)
                let few = rows.filter { $0.first % 100_000 == 0 }
                return rows.keyBy { $0.first }.join(few.keyBy { $0.first }, hint: .hashRight) {
                    $0.first + $1.second * 0
                }
            case .builtConstant:
                let constant = Self.numbers(job)
                return job.elements(Array(0..<100)).iterate(maximum: 3) { rows in
                    rows.keyBy { $0 }.join(constant.keyBy { $0.first }) { $0 + $1.first * 0 + 1 }
                }
            case .replayedConstant:
                let constant = Self.numbers(job).map { $0.first }
                return job.elements([0]).iterate(maximum: 3) { rows in
                    rows.union(constant).keyBy { $0 & 7 }.reduce { $0 &+ $1 }
                }
            case .feedback:
                return Self.numbers(job).iterate(maximum: 3) { $0.map { Pair($0.first, $0.second + 1) } }.map {
                    $0.first
                }
            case .workset:
                let solution = job.elements([Pair(0, 0)]).keyBy { $0.first }
                return solution.iterate(workset: Self.numbers(job), maximum: 3) { solution, work in
                    (
                        work.filter { $0.first == 0 }.keyBy { $0.first }.lookUp(in: solution) { work, row in
                            row.map { Pair($0.first, $0.second + 1) }
                        }, work
                    )
                }.map { $0.second }
            }
        }

        var expected: Int {
            let (all, half) = (Self.rows * (Self.rows - 1) / 2, Self.rows / 2 * (Self.rows / 2 - 1) / 2)
            switch self {
            case .sort, .aggregation, .reduceGroup, .cross, .rangeDam, .feedback: return all
            case .distinct: return half
            case .coGroup, .hashJoin, .sortMergeJoin: return 2 * half
            case .earlyRows: return stride(from: 0, to: Self.rows, by: 100_000).reduce(0, +)
            // Each of 0 ..< 100 finds its row three times, and goes up by one each time.
            case .builtConstant: return (0..<100).reduce(0) { $0 + $1 + 3 }
            // Each round adds the constant to what the one before had.
            case .replayedConstant: return 3 * all
            case .workset: return 3
            }
        }

        /// Runs it in this process.
        func run() throws {
            let before = try Self.kilobytes("VmRSS")
            let job = Job(rawValue)
            let sum = add(to: job).fold(0, update: { $0 &+= $1 }, merge: { $0 &+= $1 }).collect()
            let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: Self.budget))
            let grown = try Self.kilobytes("VmHWM") - before
            guard sum.elements == [expected] else { fatalError("\(self): \(sum.elements), expected \(expected)") }
            guard result.spilledBytes > Self.rows * 4 else {
                fatalError("\(self): \(result.spilledBytes) bytes spilled")
            }
            // The budget, batches under way, and what the allocator keeps: less than half of the rows.
            guard grown << 10 < 4 * Self.budget else { fatalError("\(self): grown by \(grown) kB") }
        }

        private static func kilobytes(_ name: String) throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "") ?? 0
        }
    }

    @Test(arguments: Work.allCases)
    func staysNearTheBudget(work: Work) async {
        await #expect(processExitsWith: .success) { [work = work as Work] in try work.run() }
    }
}
