import Foundation
import Gyre
import GyreTesting
import Testing

/// Checkpoints that a job cannot go on from, and jobs that cannot be checkpointed.
struct RefusedCheckpointTests {
    private enum Before {
        struct Inner: Sendable, Codable { var weight: Double }
        struct Row: Sendable, Codable { var place: Int; var inner: Inner }
    }

    private enum After {
        struct Inner: Sendable, Codable { var weight: Float }
        struct Row: Sendable, Codable { var place: Int; var inner: Inner }
    }

    private enum Grown {
        struct Row: Sendable, Codable { var place: Int; var inner: Before.Inner; var name: String? }
    }

    private func run<Row: Sendable & Codable>(
        _ rows: [Row], _ policy: CheckpointPolicy, name: String = "job", parallelism: Int = 2, filter: Bool = false
    ) throws {
        let job = Job(name)
        _ = job.elements(rows).iterate(maximum: 3, name: "loop") { filter ? $0.filter { _ in true } : $0.map { $0 } }
            .collect()
        try job.run(JobConfiguration(parallelism: parallelism, checkpoint: policy))
    }

    private func difference(_ body: () throws -> Void) -> JobDifference? {
        do { try body() } catch CheckpointError.otherJob(_, let difference) { return difference } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    @Test
    func aTypeThatHasChangedIsRefusedByItsField() throws {
        let folder = CheckpointFolder()
        try run([Before.Row(place: 1, inner: Before.Inner(weight: 2))], folder.policy())
        #expect(
            difference { try run([After.Row(place: 1, inner: After.Inner(weight: 2))], folder.policy()) }
                == .field(loop: "loop", name: "inner.weight", was: "Double", is: "Float"))
        #expect(
            difference {
                try run([Grown.Row(place: 1, inner: Before.Inner(weight: 2), name: nil)], folder.policy())
            } == .field(loop: "loop", name: "name.optional", was: nil, is: "String"))
        #expect(
            difference { try run([1], folder.policy()) } == .field(loop: "loop", name: "", was: nil, is: "Int"))
        // The same is still fine.
        try run([Before.Row(place: 1, inner: Before.Inner(weight: 2))], folder.policy())
    }

    @Test
    func anotherJobIsRefused() throws {
        let folder = CheckpointFolder()
        try run([1, 2], folder.policy())
        #expect(difference { try run([1, 2], folder.policy(), name: "other") } == .name(was: "job", is: "other"))
        #expect(difference { try run([1, 2], folder.policy(), parallelism: 3) } == .parallelism(was: 2, is: 3))
        #expect(
            difference { try run([1, 2], folder.policy(), filter: true) }
                == .node(
                    "elements/loop", part: "input", was: "elements.0 by forward, elements/loop/map.0 by forward",
                    is: "elements.0 by forward, elements/loop/filter.0 by forward"))
        var policy = folder.policy()
        policy.identity = ["input": "a"]
        #expect(difference { try run([1, 2], policy) } == .identity(name: "input", was: nil, is: "a"))
    }

    @Test
    func aSecondRunOverTheSameFolderIsRefused() throws {
        let folder = CheckpointFolder()
        let job = Job()
        _ = job.elements([1]).iterate(maximum: 3, name: "loop") { $0.map { $0 } }.collect()
        let first = try job.prepare(JobConfiguration(parallelism: 1, checkpoint: folder.policy()))
        #expect(throws: CheckpointError.inUse(folder: folder.path, process: Int(getpid()))) {
            _ = try job.prepare(JobConfiguration(parallelism: 1, checkpoint: folder.policy()))
        }
        _ = try first.run()
    }

    @Test
    func aTornNewestIsPassedOverAndTold() throws {
        let folder = CheckpointFolder()
        try run([1, 2], folder.policy())
        let file = folder.path + "/state-00000003-0-0-0.bin"
        try FileManager.default.removeItem(atPath: file)
        let job = Job("job")
        let rows = job.elements([1, 2]).iterate(maximum: 3, name: "loop") { $0.map { $0 } }.collect()
        let result = try job.run(JobConfiguration(parallelism: 2, checkpoint: folder.policy()))
        #expect(rows.elements.sorted() == [1, 2])
        #expect(result.loops["loop"]?.resumedFromRound == 2)
        #expect(result.passedOver == [CheckpointDefect(file: "state-00000003-0-0-0.bin", kind: .missing)])
    }

    @Test
    func whatCannotBeKeptIsRefusedBeforeItRuns() throws {
        let folder = CheckpointFolder()
        let sink = Job()
        _ = sink.elements([1]).iterate(maximum: 3, name: "loop") { rows in
            rows.forEach(name: "watch") { _ in }
            return rows.map { $0 }
        }.collect()
        #expect(throws: CheckpointError.sinkInLoop(loop: "loop", node: "watch")) {
            _ = try sink.prepare(JobConfiguration(parallelism: 1, checkpoint: folder.policy()))
        }
        struct Opaque: Sendable { var value = 0 }
        let total = Aggregator<Opaque>(name: "total", zero: Opaque()) { left, _ in left }
        let opaque = Job()
        _ = opaque.elements([1]).iterate(maximum: 3, name: "loop", aggregators: [total.erased]) { $0.map { $0 } }
            .collect()
        #expect(throws: CheckpointError.aggregatorNotCodable(loop: "loop", aggregator: "total", type: "Opaque")) {
            _ = try opaque.prepare(JobConfiguration(parallelism: 1, checkpoint: folder.policy()))
        }
    }

    @Test
    func aFullDiskEndsTheRun() throws {
        let folder = CheckpointFolder()
        let job = Job()
        _ = job.elements([1]).iterate(maximum: 300, name: "loop") { $0.map { $0 } }.collect()
        let path = folder.path
        let execution = try job.prepare(
            JobConfiguration(
                parallelism: 2,
                onProgress: { event in
                    // A folder in the place of a file to come.
                    guard case .round(_, let round) = event, round.number == 5 else { return }
                    mkdir(path + "/" + "state-00000007-0-0-0.bin", 0o700)
                }, checkpoint: folder.policy()))
        do {
            _ = try execution.run()
            Issue.record("the run has ended")
        } catch let error as OperatorError {
            #expect(
                error.underlying as? CheckpointError
                    == .cannotCreate(path: path + "/state-00000007-0-0-0.bin", code: EISDIR))
        }
    }
}
