import Synchronization

/// The checkpoints of one run in one folder, which it holds against other runs while it lives (`CheckpointRules`).
package final class CheckpointStore: Sendable {
    private struct State {
        var serial: UInt64
        var number: UInt64
        /// Manifests that stay, oldest first.
        var kept: [CheckpointManifest]
        /// Files of checkpoints under way.
        var unnamed: Set<String> = []
    }

    package let folder: any StateFolder
    /// What the run goes on from.
    package let resumed: CheckpointManifest?
    /// Newer checkpoints that were found defective and not used.
    package let passedOver: [CheckpointDefect]
    private let lock: any StateFolderLock
    private let job: JobRecord
    private let keeping: Int
    private let state: Mutex<State>

    /// Opens the folder, looks at what it holds, and removes what an interrupted run has left.
    package convenience init(
        _ folder: any StateFolder, policy: CheckpointPolicy, job: JobRecord
    ) throws(CheckpointError) {
        try self.init(folder, lock: folder.lock(), policy: policy, job: job)
    }

    package convenience init(policy: CheckpointPolicy, job: JobRecord) throws(CheckpointError) {
        let reservation =
            if let held = policy.reservation { held } else { try CheckpointReservation(folder: policy.folder) }
        try self.init(reservation.folder, lock: reservation.take(), policy: policy, job: job)
    }

    private init(
        _ folder: any StateFolder, lock: any StateFolderLock, policy: CheckpointPolicy, job: JobRecord
    ) throws(CheckpointError) {
        let (decision, findings) = try Self.recover(folder, policy: policy, job: job)
        self.folder = folder
        self.lock = lock
        self.job = job
        keeping = policy.keeping
        if case .resume(let manifest, let defects) = decision, policy.start == .resume {
            resumed = manifest
            passedOver = defects
        } else {
            resumed = nil
            passedOver = []
        }
        let highest = findings.highestNumber
        state = Mutex(State(serial: highest, number: highest, kept: resumed.map { [$0] } ?? []))
        for name in findings.entries.keys where CheckpointName(name) == .temporary { try folder.remove(name) }
    }

    deinit { lock.release() }

    /// Reads the folder and decides; refuses what is damaged, of another job, or would be thrown away.
    ///
    /// - Parameter job: nil where only the caller's identity is known yet.
    static func recover(
        _ folder: any StateFolder, policy: CheckpointPolicy, job: JobRecord?
    ) throws(CheckpointError) -> (CheckpointRecovery.Decision, CheckpointRecovery.Findings) {
        let entries = try folder.list()
        var findings = CheckpointRecovery.Findings(entries: entries, manifests: [:])
        for (name, entry) in entries {
            guard case .manifest(let number) = CheckpointName(name), entry.isRegular else { continue }
            findings.manifests[number] = CheckpointManifest.reading(
                try folder.read(name, at: 0, count: entry.size), number: number)
        }
        let decision = try CheckpointRecovery.decide(findings) { (name) throws(CheckpointError) in
            try checksum(of: name, in: folder)
        }
        switch decision {
        case .begin: break
        case .refuse(let defect): throw .defective(folder: folder.path, defect)
        case .resume(let manifest, _):
            let difference =
                if let job { manifest.job.difference(to: job) } else {
                    manifest.job.difference(toIdentity: policy.identity)
                }
            if let difference { throw .otherJob(folder: folder.path, difference) }
            let names = manifest.job.loops.map(\.name)
            if policy.start == .begin, !manifest.hasEnded(names), let loop = manifest.unfinished ?? manifest.loops.last
            {
                throw .unfinished(folder: folder.path, loop: loop.name, round: loop.round)
            }
        }
        return (decision, findings)
    }

    private static func checksum(of name: String, in folder: any StateFolder) throws(CheckpointError) -> String {
        var checksum = Checksum()
        var position = 0
        while true {
            let block = try folder.read(name, at: position, count: 1 << 20)
            if block.isEmpty { return checksum.value.checksumText }
            block.withUnsafeBytes { checksum.add($0) }
            position += block.count
        }
    }

    // MARK: Writing

    /// The number under which the files of a loop's next state are called.
    package func nextSerial() -> UInt64 {
        state.withLock { state in
            state.serial += 1
            return state.serial
        }
    }

    /// Writes one file of a checkpoint; any thread may.
    package func write(
        _ name: String, _ body: (StateWriter) throws -> Void
    ) throws -> StateFileRecord {
        state.withLock { _ = $0.unnamed.insert(name) }
        let writer = StateWriter(name: name, file: try folder.create(name))
        try body(writer)
        return try writer.finish()
    }

    /// Makes a checkpoint of the loops' newest states, whose files have been written. One thread at a time.
    ///
    /// - Returns: its number.
    package func commit(_ loops: [CheckpointManifest.Loop]) throws(CheckpointError) -> UInt64 {
        let number = state.withLock { $0.number + 1 }
        let manifest = CheckpointManifest(number: number, job: job, loops: loops)
        try folder.sync()
        let temporary = CheckpointName.temporaryName(number)
        let file = try folder.create(temporary)
        try file.append(manifest.encoded())
        try file.sync()
        file.close()
        try folder.rename(temporary, to: CheckpointName.manifestName(number))
        try folder.sync()
        let (kept, serial) = state.withLock { state in
            state.number = number
            state.kept.append(manifest)
            if state.kept.count > keeping { state.kept.removeFirst(state.kept.count - keeping) }
            for file in manifest.files { state.unnamed.remove(file.name) }
            let kept = Set(state.kept.flatMap(\.files).map(\.name)).union(state.unnamed)
                .union(state.kept.map { CheckpointName.manifestName($0.number) })
            return (kept, state.serial)
        }
        try removeAll(but: kept, upTo: serial)
        return number
    }

    /// Removes older manifests first, so that none names a file that is gone.
    private func removeAll(but kept: Set<String>, upTo serial: UInt64) throws(CheckpointError) {
        let names = try folder.list().keys.filter { !kept.contains($0) }.sorted()
        for name in names {
            if case .manifest = CheckpointName(name) { try folder.remove(name) }
        }
        for name in names {
            if case .state(let number) = CheckpointName(name), number <= serial { try folder.remove(name) }
        }
    }

    // MARK: Reading

    /// A file of the checkpoint that the run goes on from.
    package func reader(_ file: StateFileRecord) throws(CheckpointError) -> StateReader {
        try StateReader(folder: folder, file: file)
    }
}
