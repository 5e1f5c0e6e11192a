import GyreState
import GyreTesting
import Testing

/// A run that dies at any of its operations leaves a folder that the next run goes on from.
struct CrashTests {
    private static let rounds = 5

    /// Writes checkpoints until it is done or the folder crashes; the last round whose checkpoint was complete.
    ///
    /// - Parameter known: what was complete before; a run may crash before it has looked.
    private func run(_ folder: CrashingStateFolder, known: Int = 0) -> Int {
        var committed = known
        do {
            let store = try CheckpointStore(folder, policy: JobFixture.policy(), job: JobFixture.job())
            committed = try JobFixture.resumedRound(store) ?? 0
            while committed < Self.rounds {
                try JobFixture.checkpoint(store, round: committed + 1)
                committed += 1
            }
        } catch {}
        return committed
    }

    @Test(arguments: [false, true])
    func atEveryOperation(theMachineStops: Bool) throws {
        let whole = CrashingStateFolder()
        #expect(run(whole) == Self.rounds)
        let operations = whole.operations
        #expect(operations > 80)
        var resumed: Set<Int> = []
        for operation in 1...operations {
            for seed in UInt64(1)...(theMachineStops ? 20 : 1) {
                let folder = CrashingStateFolder(crashAt: operation)
                let committed = run(folder)
                #expect(folder.hasCrashed)
                let left = folder.afterwards(theMachineStops ? .unsynced(seed: seed) : .nothing)
                let note = "operation \(operation), seed \(seed)"
                do {
                    let store = try CheckpointStore(left, policy: JobFixture.policy(), job: JobFixture.job())
                    let round = try JobFixture.resumedRound(store) ?? 0
                    // The one that was being written may have been complete already.
                    #expect(round == committed || round == committed + 1, "\(note): \(round) after \(committed)")
                    resumed.insert(round)
                } catch {
                    Issue.record("\(note): \(error)")
                }
                #expect(run(left) == Self.rounds, "\(note)")
                // Two, and one whose removal the crash has kept from being done.
                let manifests = try left.list().keys.filter { $0.hasPrefix("checkpoint") }
                #expect(manifests.count <= 3, "\(note)")
            }
        }
        #expect(resumed == Set(0...Self.rounds))
    }

    /// A crash in the run that resumes, too.
    @Test
    func againAndAgain() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            var folder = CrashingStateFolder(crashAt: 1 + generator.below(40))
            var last = 0
            for _ in 0..<6 {
                let committed = run(folder, known: last)
                #expect(committed >= last)
                last = committed
                folder = folder.afterwards(.unsynced(seed: generator.next()), crashAt: 1 + generator.below(40))
                // A look at a copy, which does not crash.
                let copy = folder.afterwards(.nothing)
                let round = try JobFixture.resumedRound(
                    try CheckpointStore(copy, policy: JobFixture.policy(), job: JobFixture.job()))
                #expect(round ?? 0 >= last)
            }
        }
    }
}
