/// What is found in a checkpoint folder in, what to do out. Pure, so that every way in which a folder can be damaged is
/// a row of a table in the tests.
package enum CheckpointRecovery {
    /// What stands in a folder.
    package struct Findings: Sendable {
        /// Everything in the folder by name.
        package var entries: [String: StateFolderEntry]
        /// What each manifest turned out to be.
        package var manifests: [UInt64: CheckpointManifest.Reading]

        package init(
            entries: [String: StateFolderEntry], manifests: [UInt64: CheckpointManifest.Reading]
        ) {
            self.entries = entries
            self.manifests = manifests
        }

        /// The highest number that the folder has seen, in manifests and in files of state, sound or not.
        package var highestNumber: UInt64 {
            entries.keys.reduce(0) { highest, name in
                switch CheckpointName(name) {
                case .manifest(let number), .state(let number): max(highest, number)
                case .lock, .temporary, .hidden, .foreign: highest
                }
            }
        }
    }

    package enum Decision: Equatable, Sendable {
        /// Nothing is there to go on from.
        case begin
        /// Go on from this one. Newer ones are defective, as told.
        case resume(CheckpointManifest, passedOver: [CheckpointDefect])
        case refuse(CheckpointDefect)
    }

    /// Decides.
    ///
    /// - Parameter checksum: of a file in the folder; asked only of files that have the right size.
    package static func decide<Failure: Error>(
        _ findings: Findings, checksum: (String) throws(Failure) -> String
    ) throws(Failure) -> Decision {
        for (name, entry) in findings.entries.sorted(by: { $0.key < $1.key }) {
            let kind = CheckpointName(name)
            if kind == .foreign || (!entry.isRegular && kind != .hidden) {
                return .refuse(CheckpointDefect(file: name, kind: .foreign))
            }
        }
        var defects: [CheckpointDefect] = []
        for (number, reading) in findings.manifests.sorted(by: { $0.key > $1.key }) {
            let name = CheckpointName.manifestName(number)
            switch reading {
            case .newer(let version): return .refuse(CheckpointDefect(file: name, kind: .newerVersion(version)))
            case .torn: defects.append(CheckpointDefect(file: name, kind: .tornManifest))
            case .manifest(let manifest):
                guard let defect = try firstDefect(of: manifest, findings, checksum) else {
                    return .resume(manifest, passedOver: defects)
                }
                defects.append(defect)
            }
        }
        // Files of state without a manifest are of a checkpoint that was never made.
        return defects.first.map { .refuse($0) } ?? .begin
    }

    private static func firstDefect<Failure: Error>(
        of manifest: CheckpointManifest, _ findings: Findings, _ checksum: (String) throws(Failure) -> String
    ) throws(Failure) -> CheckpointDefect? {
        for file in manifest.files {
            guard let entry = findings.entries[file.name] else {
                return CheckpointDefect(file: file.name, kind: .missing)
            }
            if entry.size != file.bytes {
                return CheckpointDefect(
                    file: file.name, kind: .wrongSize(bytes: entry.size, expected: file.bytes))
            }
            if try checksum(file.name) != file.crc32 {
                return CheckpointDefect(file: file.name, kind: .wrongChecksum)
            }
        }
        return nil
    }
}
