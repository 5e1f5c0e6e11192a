import Gyre
import GyreTesting
import Testing

/// Operators that keep rows, against plain loops on random rows of which a quarter has one key, with and without memory
/// for them: at a tenth of the rows' bytes they spill, and the same rows come out.
struct SpilledOperatorTests {
    typealias Row = Pair<Int, Int>

    enum Work: String, CaseIterable, Sendable {
        case fold, aggregate, reduce, distinct, reduceGroup, sortGroup, coGroup, partitionByRange, sortPartition, cross
        case feedback, constant

        /// Whether rows wait anywhere: of one worker all are one range, which nobody has to sample.
        func keepsRows(parallelism: Int) -> Bool { self != .partitionByRange || parallelism > 1 }

        /// Instances that share the budget, a worker.
        var hungry: Int { self == .constant ? 3 : 1 }

        func add(to job: Job, _ rows: [Row]) -> DataStream<Row> {
            let stream = job.elements(rows)
            let keyed = stream.keyBy { $0.first }
            switch self {
            case .fold: return keyed.fold(0) { $0 += $1.second }.map { Row($0.key, $0.value) }
            case .aggregate:
                return keyed.aggregate(0, combine: .none, update: { $0 += $1.second }, merge: { $0 += $1 })
                    .map { Row($0.key, $0.value) }
            case .reduce: return keyed.reduce(combine: .none) { Row($0.first, $0.second + $1.second) }
            case .distinct: return stream.map { Row($0.first, $0.second % 3) }.distinct(combine: .none)
            case .reduceGroup:
                return keyed.reduceGroup { key, rows in Row(key, rows.reduce(0) { $0 + $1.second }) }
            case .sortGroup:
                return keyed.sortGroup(by: .descending { $0.second }).reduceGroup { key, rows in
                    Row(key, rows.next()?.second ?? -1)
                }
            case .coGroup:
                return keyed.coGroup(job.elements(rows).filter { $0.second % 2 == 0 }.keyBy { $0.first + 1 }) {
                    key, lefts, rights, emitter in
                    let left = lefts.reduce(0) { count, _ in count + 1 }
                    emitter.emit(Row(key, 1_000_000 * left + rights.reduce(0) { count, _ in count + 1 }))
                }
            case .partitionByRange: return stream.partitionByRange { $0.first }
            case .sortPartition: return stream.sortPartition(by: { $0.first })
            case .cross: return job.elements([1, 2]).cross(stream) { Row($1.first, $1.second * $0) }
            case .feedback: return stream.iterate(maximum: 3) { $0.map { Row($0.first, $0.second + 1) } }
            case .constant:
                // Ten rows look for their partners in each of three rounds, and half of the keys have gone then.
                return job.elements((0..<10).map { Row($0, 0) }).iterate(maximum: 3) { few in
                    few.keyBy { $0.first }.join(
                        stream.filter { $0.first != 0 }.distinct(combine: .none) { $0.first }.keyBy { $0.first }
                    ) { row, _ in Row(row.first, row.second + 1) }
                }
            }
        }

        func expected(_ rows: [Row]) -> [Row] {
            let groups = Dictionary(grouping: rows, by: \.first)
            let sums = groups.map { Row($0.key, $0.value.reduce(0) { $0 + $1.second }) }
            switch self {
            case .fold, .aggregate, .reduce, .reduceGroup: return sums
            case .distinct: return Set(rows.map { Row($0.first, $0.second % 3) }).map { $0 }
            case .sortGroup: return groups.map { Row($0.key, $0.value.map(\.second).max() ?? -1) }
            case .coGroup:
                let others = Dictionary(grouping: rows.filter { $0.second % 2 == 0 }) { $0.first + 1 }
                return Set(groups.keys).union(others.keys).map { key in
                    Row(key, 1_000_000 * (groups[key]?.count ?? 0) + (others[key]?.count ?? 0))
                }
            case .partitionByRange, .sortPartition: return rows
            case .cross: return rows + rows.map { Row($0.first, 2 * $0.second) }
            case .feedback: return rows.map { Row($0.first, $0.second + 3) }
            case .constant: return (1..<10).filter { groups[$0] != nil }.map { Row($0, 3) }
            }
        }
    }

    static func rows(_ count: Int, seed: UInt64) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { Row(generator.below(4) == 0 ? 1 : generator.below(count), $0) }
    }

    @Test(arguments: Work.allCases, [1, 2, 3, 7])
    func againstPlainLoops(work: Work, parallelism: Int) throws {
        let seed = UInt64(parallelism)
        // A floor is 64 KiB at least, and so the budget twice that an instance.
        let budget = (128 << 10) * work.hungry * parallelism
        let rows = Self.rows(budget * 10 / MemoryLayout<Row>.stride, seed: seed)
        let expected = work.expected(rows).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        for memory in [nil, budget] {
            let job = Job(work.rawValue)
            let found = work.add(to: job, rows).collect()
            let result = try job.run(JobConfiguration(parallelism: parallelism, batchSize: 512, memoryBudget: memory))
            let note: Comment = "seed \(seed), parallelism \(parallelism), budget \(memory ?? 0)"
            let spills = memory != nil && work.keepsRows(parallelism: parallelism)
            #expect((result.spilledBytes > 0) == spills, note)
            let sorted = found.elements.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
            #expect(sorted.count == expected.count, note)
            #expect(sorted == expected, note)
        }
    }
}
