import Foundation
import GyreState

/// A job as a checkpoint records it, and its state.
enum JobFixture {
    static func job(_ change: (inout JobRecord) -> Void = { _ in }) -> JobRecord {
        var job = JobRecord(
            name: "job", parallelism: 2, hashVersion: 1, identity: ["the command": "test"],
            nodes: [
                JobRecord.Node(uid: "source", kind: "elements", instances: 2, parameters: [], inputs: []),
                JobRecord.Node(
                    uid: "source/loop", kind: "iterate", instances: 2, parameters: ["key=vertex"],
                    inputs: ["source.0 by forward"]),
            ],
            loops: [
                JobRecord.Loop(
                    name: "loop",
                    fields: [
                        JobRecord.Field(name: "vertex", type: "Int"), JobRecord.Field(name: "weight", type: "Double"),
                    ], aggregators: [JobRecord.Field(name: "changes", type: "Int")])
            ])
        change(&job)
        return job
    }

    static func policy(
        _ start: CheckpointPolicy.Start = .resume, keeping: Int = 2, folder: String = "memory"
    ) -> CheckpointPolicy {
        CheckpointPolicy(
            folder: folder, everyRounds: 1, keeping: keeping, start: start, identity: ["the command": "test"])
    }

    /// What the frames of a part hold after a round: longer than a block, and different each time.
    static func frames(round: Int, instance: Int) -> [[UInt8]] {
        (0..<3).map { frame in
            (0..<(frame == 1 ? 700 : 5)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ round &* 7 &+ instance &+ frame) }
        } + [[]]
    }

    /// Writes and commits the state after a round.
    @discardableResult
    static func checkpoint(_ store: CheckpointStore, round: Int, end: String? = nil) throws -> UInt64 {
        let serial = store.nextSerial()
        let parts = try (0..<2).map { instance in
            let name = CheckpointName.stateName(serial, loop: 0, head: 0, instance: instance)
            let file = try store.write(name) { writer in
                for frame in frames(round: round, instance: instance) { try writer.append(frame: frame) }
            }
            return CheckpointManifest.Part(head: "source/loop", instance: instance, file: file)
        }
        return try store.commit([
            CheckpointManifest.Loop(
                name: "loop", round: round, end: end, aggregates: ["changes": Data([UInt8(round)])],
                accumulators: [["sum": Int64(round)], [:]], parts: parts)
        ])
    }

    /// The round that a store goes on from, whose files have been read to their ends; nil where it begins.
    static func resumedRound(_ store: CheckpointStore) throws -> Int? {
        guard let loop = store.resumed?.loops.first else { return nil }
        for part in loop.parts {
            let reader = try store.reader(part.file)
            var found: [[UInt8]] = []
            while let frame = try reader.next() { found.append(frame) }
            guard found == frames(round: loop.round, instance: part.instance) else { return -1 }
        }
        return loop.round
    }
}

/// A folder on disk, removed at the end.
final class DiskFolder {
    let path = NSTemporaryDirectory() + "gyre-state-" + UUID().uuidString

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func store(_ policy: CheckpointPolicy = JobFixture.policy()) throws -> CheckpointStore {
        try CheckpointStore(LocalStateFolder.make(at: path).folder, policy: policy, job: JobFixture.job())
    }
}
