import Foundation
import GyreState
import Testing

/// Checkpoints in a folder on disk.
struct StoreTests {
    @Test
    func whatIsWrittenIsReadBack() throws {
        let folder = DiskFolder()
        do {
            let store = try folder.store()
            #expect(try JobFixture.resumedRound(store) == nil)
            for round in 1...5 { #expect(try JobFixture.checkpoint(store, round: round) == UInt64(round)) }
        }
        // The last two stay.
        #expect(
            folder.names == [
                "checkpoint-00000004.json", "checkpoint-00000005.json", "lock", "state-00000004-0-0-0.bin",
                "state-00000004-0-0-1.bin", "state-00000005-0-0-0.bin", "state-00000005-0-0-1.bin",
            ])
        let store = try folder.store()
        #expect(try JobFixture.resumedRound(store) == 5)
        #expect(store.resumed?.loops.first?.aggregates == ["changes": Data([5])])
        #expect(store.resumed?.loops.first?.accumulators == [["sum": 5], [:]])
        #expect(try JobFixture.checkpoint(store, round: 6) == 6)
    }

    @Test
    func aSecondRunIsRefusedWhileTheFirstLives() throws {
        let folder = DiskFolder()
        var first: CheckpointStore? = try folder.store()
        let refusal = CheckpointError.inUse(folder: folder.path, process: Int(getpid()))
        #expect(throws: refusal) { _ = try folder.store() }
        #expect(throws: refusal) {
            _ = try CheckpointPolicy(folder: folder.path, everyRounds: 1).reserved()
        }
        #expect(first != nil)
        first = nil
        _ = try folder.store()
    }

    /// An end before the first checkpoint, in the middle of writing it: nothing stays, and nothing comes behind.
    @Test(arguments: [true, false])
    func whatIsUnfinishedIsDiscarded(isThere: Bool) throws {
        let folder = DiskFolder()
        if isThere { try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: false) }
        let policy = try JobFixture.policy(folder: folder.path).reserved()
        let store = try CheckpointStore(policy: policy, job: JobFixture.job())
        _ = try store.write(CheckpointName.stateName(store.nextSerial(), loop: 0, head: 0, instance: 0)) { _ in }
        policy.discardUnfinished()
        #expect(folder.names == [])
        #expect(FileManager.default.fileExists(atPath: folder.path) == isThere)
        #expect(throws: CheckpointError.self) { try JobFixture.checkpoint(store, round: 1) }
        #expect(folder.names == [])
    }

    /// Once there is a checkpoint, it is kept, with all that it names.
    @Test
    func aCheckpointIsNotDiscarded() throws {
        let folder = DiskFolder()
        do {
            let policy = try JobFixture.policy(folder: folder.path).reserved()
            let store = try CheckpointStore(policy: policy, job: JobFixture.job())
            try JobFixture.checkpoint(store, round: 1)
            policy.discardUnfinished()
            // A signal ends the process; a caller that goes on cannot write.
            #expect(throws: CheckpointError.self) { try JobFixture.checkpoint(store, round: 2) }
        }
        #expect(try JobFixture.resumedRound(try folder.store()) == 1)
    }

    @Test
    func aManifestTornAnywhereIsPassedOver() throws {
        let folder = DiskFolder()
        do {
            let store = try folder.store()
            for round in 1...2 { try JobFixture.checkpoint(store, round: round) }
        }
        let name = "checkpoint-00000002.json"
        let whole = try folder.bytes(name)
        // Without its last line end it is whole still.
        for length in 0..<(whole.count - 1) {
            try folder.write(Array(whole.prefix(length)), to: name)
            let store = try folder.store()
            #expect(try JobFixture.resumedRound(store) == 1, "\(length) bytes of \(whole.count)")
            #expect(store.passedOver == [CheckpointDefect(file: name, kind: .tornManifest)])
        }
        for place in stride(from: 0, to: whole.count, by: 7) {
            var changed = whole
            changed[place] ^= 1
            try folder.write(changed, to: name)
            #expect(try JobFixture.resumedRound(try folder.store()) == 1, "byte \(place)")
        }
        try folder.write(whole, to: name)
        #expect(try JobFixture.resumedRound(try folder.store()) == 2)
    }

    @Test
    func anyChangedByteOfAStateIsFound() throws {
        let folder = DiskFolder()
        do { try JobFixture.checkpoint(try folder.store(), round: 1) }
        let name = "state-00000001-0-0-1.bin"
        let whole = try folder.bytes(name)
        for place in whole.indices {
            var changed = whole
            changed[place] ^= 0x10
            try folder.write(changed, to: name)
            let refusal = CheckpointError.defective(
                folder: folder.path, CheckpointDefect(file: name, kind: .wrongChecksum))
            #expect(throws: refusal, "byte \(place)") { _ = try folder.store() }
        }
        // Refused is not removed.
        try folder.write(whole, to: name)
        #expect(try JobFixture.resumedRound(try folder.store()) == 1)
    }

    @Test
    func aManifestOfAnotherNumberIsTorn() throws {
        let folder = DiskFolder()
        do { try JobFixture.checkpoint(try folder.store(), round: 1) }
        try folder.write(try folder.bytes("checkpoint-00000001.json"), to: "checkpoint-00000009.json")
        let store = try folder.store()
        #expect(try JobFixture.resumedRound(store) == 1)
        #expect(store.passedOver.map(\.file) == ["checkpoint-00000009.json"])
        // The next one is newer than all that were there.
        #expect(try JobFixture.checkpoint(store, round: 2) == 10)
        #expect(
            folder.names.filter { $0.hasPrefix("checkpoint") } == [
                "checkpoint-00000001.json", "checkpoint-00000010.json",
            ])
    }

    @Test
    func beginningAnewThrowsNothingAwayTooEarly() throws {
        let folder = DiskFolder()
        do {
            let store = try folder.store()
            try JobFixture.checkpoint(store, round: 7)
        }
        #expect(throws: CheckpointError.unfinished(folder: folder.path, loop: "loop", round: 7)) {
            _ = try folder.store(JobFixture.policy(.begin))
        }
        do { try JobFixture.checkpoint(try folder.store(), round: 8, end: "criterion") }
        let store = try folder.store(JobFixture.policy(.begin))
        #expect(try JobFixture.resumedRound(store) == nil)
        // What ended is there until something new is.
        #expect(folder.names.contains("checkpoint-00000002.json"))
        #expect(try JobFixture.checkpoint(store, round: 1) == 3)
        #expect(folder.names.filter { $0.hasPrefix("checkpoint") } == ["checkpoint-00000003.json"])
    }

    @Test
    func foldersThatCannotBeMadeAreTold() throws {
        let folder = DiskFolder()
        let policy = { CheckpointPolicy(folder: $0, everyRounds: 1) }
        #expect(throws: CheckpointError.cannotCreate(path: folder.path + "/a/b", code: ENOENT)) {
            _ = try policy(folder.path + "/a/b").reserved()
        }
        _ = try folder.store()
        try folder.write([1], to: "file")
        #expect(throws: CheckpointError.cannotCreate(path: folder.path + "/file", code: ENOTDIR)) {
            _ = try policy(folder.path + "/file").reserved()
        }
        #expect(
            throws: CheckpointError.defective(folder: folder.path, CheckpointDefect(file: "file", kind: .foreign))
        ) { _ = try policy(folder.path).reserved() }
    }

    @Test
    func aReservedFolderIsHeldAndGivenToOneRunAtATime() throws {
        let folder = DiskFolder()
        var policy: CheckpointPolicy? = try CheckpointPolicy(folder: folder.path, everyRounds: 1).reserved()
        let held = CheckpointError.inUse(folder: folder.path, process: Int(getpid()))
        #expect(throws: held) { _ = try folder.store() }
        // Made for nothing: gone again.
        policy = nil
        #expect(!FileManager.default.fileExists(atPath: folder.path))

        policy = try JobFixture.policy(folder: folder.path).reserved()
        if let policy {
            let first = try CheckpointStore(policy: policy, job: JobFixture.job())
            #expect(throws: CheckpointError.inUse(folder: folder.path, process: nil)) {
                _ = try CheckpointStore(policy: policy, job: JobFixture.job())
            }
            try JobFixture.checkpoint(first, round: 1)
        }
        if let policy {
            #expect(try JobFixture.resumedRound(CheckpointStore(policy: policy, job: JobFixture.job())) == 1)
        }
        policy = nil
        #expect(folder.names.contains("checkpoint-00000001.json"))
        let other = CheckpointPolicy(folder: folder.path, everyRounds: 1, identity: ["the command": "other"])
        #expect(
            throws: CheckpointError.otherJob(
                folder: folder.path, .identity(name: "the command", was: "test", is: "other"))
        ) { _ = try other.reserved() }
    }
}
