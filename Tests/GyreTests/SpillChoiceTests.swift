import Gyre
import Testing

/// What operators choose when their memory is used up: into how many parts, or of how many runs, and from what.
struct SpillChoiceTests {
    private func explained(_ write: (DataStream<Pair<Int, Int>>) -> Void, budget: Int) throws -> String {
        let job = Job("spill")
        write(job.generate(count: 200_000) { Pair($0 &* 7_368_787 % 200_000, $0) })
        let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: budget))
        #expect(result.spilledBytes > 0)
        return job.explain(after: result)
    }

    @Test(arguments: [(1 << 20, 8), (5 << 20, 32)])
    func partsOfAJoinFollowTheFloor(budget: Int, parts: Int) throws {
        let text = try explained(
            { rows in
                _ = rows.keyBy { $0.first }.join(rows.map { $0 }.keyBy { $0.first }, hint: .hashRight) {
                    $0.second + $1.second
                }.collect()
            }, budget: budget)
        #expect(text.contains("chose partitioned \(parts) ways: the built side of "), "\(text)")
        #expect(text.contains("of the \(budget / 4) bytes that nobody can take from it (instance"), "\(text)")
    }

    @Test(arguments: [(1 << 20, 16), (256 << 10, 4)])
    func partsOfGroupsFollowTheFloor(budget: Int, parts: Int) throws {
        let text = try explained({ _ = $0.keyBy { $0.first }.fold(0) { $0 += $1.second }.collect() }, budget: budget)
        #expect(text.contains("chose spill into \(parts) parts: "), "\(text)")
        #expect(text.contains("of the \(budget / 4) that nobody can take from it (instance"), "\(text)")
    }

    @Test
    func runsOfASortAreCounted() throws {
        let text = try explained({ _ = $0.sorted(by: { $0.first }).collect() }, budget: 1 << 20)
        let why = "chose merged runs on disk: the rows passed the memory granted to \"sort\": "
        #expect(text.contains(why), "\(text)")
        #expect(text.contains(" at a time, in frames of 2048 bytes"), "\(text)")
    }
}
