import Foundation
import Gyre
import GyreGraphAlgorithms
import GyreGraphs
import Synchronization
import Testing

/// Graph programs that are stopped after their rounds, and go on from their checkpoint to the same bits.
struct GraphCheckpointTests {
    private final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "gyre-graph-checkpoints-" + UUID().uuidString
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var policy: CheckpointPolicy { CheckpointPolicy(folder: path, everyRounds: 1) }
    }

    private final class StopSwitch: Sendable {
        private let execution = Mutex<JobExecution?>(nil)
        func connect(_ execution: JobExecution?) { self.execution.withLock { $0 = execution } }
        func pull() { execution.withLock { $0 }?.cancel() }
    }

    enum Algorithm: CaseIterable {
        case pageRank, singlePageRank, levels, paths, components

        var loop: String {
            switch self {
            case .pageRank, .singlePageRank: "pagerank"
            case .levels: "bfs"
            case .paths: "sssp"
            case .components: "connected-components"
            }
        }

        /// Writes the algorithm down; the bits of its values.
        func write(_ graph: Graph<Double>, _ job: Job, _ form: ProgramForm) throws -> () -> [UInt64] {
            let count = graph.vertexCount
            switch self {
            case .pageRank:
                let column = try PageRank<Double>(iterations: 6).ranks(of: graph, in: job, form: form)
                    .column(ofVertices: count)
                return { column.elements.map(\.bitPattern) }
            case .singlePageRank:
                let column = try PageRank<Float>(iterations: 50, tolerance: 1e-3).ranks(of: graph, in: job, form: form)
                    .column(ofVertices: count)
                return { column.elements.map { UInt64($0.bitPattern) } }
            case .levels:
                let column = try BreadthFirstSearch(source: 0).distances(in: graph, job: job, form: form)
                    .column(ofVertices: count)
                return { column.elements.map { UInt64($0) } }
            case .paths:
                let column = try ShortestPaths(source: 0).distances(in: graph, job: job, form: form)
                    .column(ofVertices: count)
                return { column.elements.map(\.bitPattern) }
            case .components:
                let column = try ConnectedComponents().labels(of: graph, in: job, form: form)
                    .column(ofVertices: count)
                return { column.elements.map { UInt64($0) } }
            }
        }
    }

    /// A chain with short cuts and islands: several chunks, searches with many rounds. The large one is large enough for
    /// hubs to go first.
    private func graph(parallelism: Int, isLarge: Bool) throws -> Graph<Double> {
        var random =
            isLarge
            ? RandomEdges(vertices: 40_000, count: 90_000, seed: 6)
            : RandomEdges(vertices: 9_000, count: 3_000, seed: 11)
        for vertex in 0..<12 {
            random.edges.append(RandomEdges.Edge(source: Int64(vertex), target: Int64(vertex + 1), weight: 3))
        }
        if isLarge {
            for vertex in 0..<2_000 {
                random.edges.append(RandomEdges.Edge(source: Int64(vertex * 3), target: 0, weight: 1))
            }
        }
        return try random.withFile(weighted: true) { files in
            try Graph<Double>.load(
                EdgeInput(edges: files, directions: [.incoming, .outgoing]),
                configuration: JobConfiguration(parallelism: parallelism))
        }
    }

    @Test(arguments: Algorithm.allCases, ProgramForm.allCases)
    func goesOnFromItsRounds(algorithm: Algorithm, form: ProgramForm) throws {
        for parallelism in [1, 3] {
            let graph = try graph(parallelism: parallelism, isLarge: algorithm == .pageRank)
            #expect((graph.positionOfNumber != nil) == (algorithm == .pageRank))
            let plain = Job()
            let expected = try algorithm.write(graph, plain, form)
            let result = try plain.run(JobConfiguration(parallelism: parallelism))
            let rounds = try #require(result.loops[algorithm.loop]?.rounds.count)
            #expect(rounds > 2)
            for stop in Set([1, 2, rounds / 2, rounds - 1, rounds]).sorted() {
                let folder = Folder()
                let note = "stopped after round \(stop), parallelism \(parallelism)"
                let isStopped = try stopped(
                    algorithm, graph, form, folder, parallelism: parallelism, after: stop)
                let job = Job()
                let found = try algorithm.write(graph, job, form)
                let resumed = try job.run(JobConfiguration(parallelism: parallelism, checkpoint: folder.policy))
                #expect(found() == expected(), "\(note)")
                let loop = try #require(resumed.loops[algorithm.loop])
                if isStopped, stop > 1 {
                    #expect(loop.resumedFromRound == stop - 1, "\(note)")
                    #expect(loop.rounds.allSatisfy { $0.number >= stop }, "\(note)")
                }
                // Once more, of what has ended.
                let again = Job()
                let same = try algorithm.write(graph, again, form)
                let last = try again.run(JobConfiguration(parallelism: parallelism, checkpoint: folder.policy))
                #expect(same() == expected(), "\(note)")
                #expect(last.loops[algorithm.loop]?.rounds == [], "\(note)")
            }
        }
    }

    /// Runs an algorithm up to the end of a round, before its state is saved; false where it ended sooner, since the
    /// number of rounds in place depends on timing.
    private func stopped(
        _ algorithm: Algorithm, _ graph: Graph<Double>, _ form: ProgramForm, _ folder: Folder, parallelism: Int,
        after stop: Int
    ) throws -> Bool {
        let stopSwitch = StopSwitch()
        let job = Job()
        _ = try algorithm.write(graph, job, form)
        let execution = try job.prepare(
            JobConfiguration(
                parallelism: parallelism,
                onProgress: { event in
                    if case .round(algorithm.loop, let round) = event, round.number == stop { stopSwitch.pull() }
                }, checkpoint: folder.policy))
        stopSwitch.connect(execution)
        defer { stopSwitch.connect(nil) }
        do { _ = try execution.run() } catch JobError.cancelled { return true }
        return false
    }

    @Test
    func anotherGraphOrProgramIsRefused() throws {
        let folder = Folder()
        func run(_ edges: RandomEdges, damping: Double = 0.85) throws {
            let graph = try edges.withFile { try Graph<Unweighted>.load(EdgeInput(edges: $0)) }
            let job = Job()
            _ = try PageRank<Double>(damping: damping).ranks(of: graph, in: job).column(ofVertices: graph.vertexCount)
            try job.run(JobConfiguration(parallelism: 2, checkpoint: folder.policy))
        }
        var edges = RandomEdges(vertices: 50, count: 200, seed: 3)
        try run(edges)
        // The same edges in another order are the same graph.
        edges.edges.reverse()
        try run(edges)
        var difference: JobDifference?
        func refused(_ body: () throws -> Void) {
            difference = nil
            do { try body() } catch let error as OperatorError {
                if case .otherJob(_, let found) = error.underlying as? CheckpointError { difference = found }
            } catch {}
        }
        refused { try run(edges, damping: 0.5) }
        guard case .identity("the program", let was?, let now?) = difference else {
            Issue.record("\(String(describing: difference))")
            return
        }
        #expect(was.contains("damping: 0.85") && now.contains("damping: 0.5"))
        // As many vertices and edges, one of which leads elsewhere.
        edges.edges[0].target = edges.edges[1].target == edges.edges[0].target ? 0 : edges.edges[1].target
        refused { try run(edges) }
        guard case .identity("the graph's fingerprint", _, _) = difference else {
            Issue.record("\(String(describing: difference))")
            return
        }
    }
}
