import Gyre
import GyreTesting
import Testing

/// Loops that change a keyed solution set.
struct DeltaIterationTests {
    struct Label: Sendable, Codable, Hashable {
        var vertex: Int
        var value: Int
    }

    private static func graph(vertices: Int, edges: Int, seed: UInt64) -> [Pair<Int, Int>] {
        var generator = SeededGenerator(seed: seed)
        return (0..<edges).flatMap { _ -> [Pair<Int, Int>] in
            let (a, b) = (generator.below(vertices), generator.below(vertices))
            return [Pair(a, b), Pair(b, a)]
        }
    }

    private func components(_ job: Job, _ vertices: Int, _ edges: [Pair<Int, Int>]) -> Collected<Label> {
        let labels = job.elements((0..<vertices).map { Label(vertex: $0, value: $0) })
        let neighbours = job.elements(edges)
        return labels.keyBy(name: "vertex") { $0.vertex }.iterate(workset: labels, maximum: 100, name: "components") {
            solution, changed in
            let candidates = changed.keyBy { $0.vertex }.join(neighbours.keyBy { $0.first }) {
                Label(vertex: $1.second, value: $0.value)
            }.keyBy { $0.vertex }.reduce { $0.value < $1.value ? $0 : $1 }
            let better = candidates.keyBy(name: "vertex") { $0.vertex }.lookUp(in: solution) { candidate, known in
                guard let known, candidate.value < known.value else { return Label?.none }
                return candidate
            }
            return (delta: better, workset: better)
        }.collect()
    }

    private func unionFind(_ vertices: Int, _ edges: [Pair<Int, Int>]) -> [Int] {
        var parent = Array(0..<vertices)
        func root(_ vertex: Int) -> Int {
            var vertex = vertex
            while parent[vertex] != vertex { vertex = parent[vertex] }
            return vertex
        }
        for edge in edges {
            let (a, b) = (root(edge.first), root(edge.second))
            parent[max(a, b)] = min(a, b)
        }
        return (0..<vertices).map(root)
    }

    @Test(arguments: RunMode.all)
    func componentsAgainstUnionFind(mode: RunMode) throws {
        let edges = Self.graph(vertices: 120, edges: 110, seed: mode.seed ?? 99)
        let job = Job()
        let found = components(job, 120, edges)
        let report = try job.run(mode)
        #expect(found.elements.sorted { $0.vertex < $1.vertex }.map(\.value) == unionFind(120, edges))
        #expect(report.loops["components"]?.end == .emptyWorkset)
        #expect(report.loops["components"]?.rounds.last?.workset == 0)
    }

    /// Workers that run ahead of others must not show them a delta too early or too late.
    @Test
    func manyOrdersGiveTheSameRounds() throws {
        var first: [LoopRound]?
        for seed in UInt64(1)...200 {
            let edges = Self.graph(vertices: 40, edges: 45, seed: 5)
            let job = Job()
            let found = components(job, 40, edges)
            let report = try job.run(RunMode(parallelism: 3, batchSize: 2, seed: seed), channelCapacity: 1)
            #expect(
                found.elements.sorted { $0.vertex < $1.vertex }.map(\.value) == unionFind(40, edges), "seed \(seed)")
            let rounds = report.loops["components"]?.rounds
            if first == nil { first = rounds }
            #expect(rounds == first, "seed \(seed)")
        }
    }

    @Test(arguments: RunMode.all)
    func shortestPaths(mode: RunMode) throws {
        let edges = Self.graph(vertices: 60, edges: 120, seed: 3)
        @Sendable func weight(_ a: Int, _ b: Int) -> Int { (a * 31 + b * 17) % 20 + 1 }
        let job = Job()
        let start = job.elements([Label(vertex: 0, value: 0)])
        let roads = job.elements(edges)
        let found = start.keyBy { $0.vertex }.iterate(workset: start, maximum: 200, name: "paths") {
            solution, changed in
            let better = roads.keyBy { $0.first }.join(changed.keyBy { $0.vertex }) {
                Label(vertex: $0.second, value: $1.value + weight($0.first, $0.second))
            }.keyBy { $0.vertex }.reduce { $0.value < $1.value ? $0 : $1 }
                .keyBy { $0.vertex }.lookUp(in: solution) { candidate, known in
                    (known?.value ?? .max) > candidate.value ? candidate : nil
                }
            return (delta: better, workset: better)
        }.collect()
        try job.run(mode)
        var distance = Array(repeating: Int.max, count: 60)
        distance[0] = 0
        for _ in 0..<60 {
            for edge in edges where distance[edge.first] < .max {
                distance[edge.second] = min(
                    distance[edge.second], distance[edge.first] + weight(edge.first, edge.second))
            }
        }
        let expected = distance.enumerated().filter { $0.1 < .max }.map { Label(vertex: $0.0, value: $0.1) }
        #expect(found.elements.sorted { $0.vertex < $1.vertex } == expected)
    }

    /// A delta that is dealt straight from the step to the heads of other workers: the shortest way to be early.
    @Test(arguments: RunMode.all)
    func deltasAreVisibleARoundLater(mode: RunMode) throws {
        let job = Job()
        let counters = job.elements((0..<50).map { Label(vertex: $0, value: 0) })
        let found = counters.keyBy { $0.vertex }.iterate(
            workset: job.elements(Array(0..<50)), maximum: 7, name: "count"
        ) { solution, work in
            let seen = work.keyBy { ($0 + 1) % 50 }.lookUp(in: solution) { _, known in known }
            return (delta: seen.map { Label(vertex: $0.vertex, value: $0.value + 1) }, workset: seen.map { $0.vertex })
        }.collect()
        let report = try job.run(mode)
        #expect(found.elements.count == 50)
        #expect(found.elements.allSatisfy { $0.value == 7 })
        #expect(report.loops["count"]?.rounds.allSatisfy { $0.changed == 50 } == true)
    }

    @Test(arguments: RunMode.all)
    func anEmptyWorksetChangesNothing(mode: RunMode) throws {
        let job = Job()
        let labels = job.elements([Label(vertex: 1, value: 2)])
        let found = labels.keyBy { $0.vertex }.iterate(
            workset: job.elements([Label]()), maximum: 7, name: "none"
        ) { _, work in (delta: work, workset: work) }.collect()
        let report = try job.run(mode)
        #expect(found.elements == [Label(vertex: 1, value: 2)])
        #expect(report.loops["none"]?.end == .emptyWorkset)
        #expect(report.loops["none"]?.rounds.count == 0)
    }

    @Test(arguments: RunMode.all)
    func aConstantMayLookUpInEveryRound(mode: RunMode) throws {
        let job = Job()
        let labels = job.elements([Label(vertex: 1, value: 0), Label(vertex: 2, value: 10)])
        let asked = job.elements([1, 2])
        let found = labels.keyBy { $0.vertex }.iterate(workset: job.elements([1]), maximum: 4) { solution, work in
            let delta = asked.keyBy { $0 }.lookUp(in: solution) { vertex, known in
                known.map { Label(vertex: vertex, value: $0.value + 1) }
            }
            return (delta: delta, workset: work)
        }.collect()
        try job.run(mode)
        #expect(found.elements.sorted { $0.vertex < $1.vertex }.map(\.value) == [4, 14])
    }
}
