import GyreState
import Testing

/// What is found in, a decision out: the table.
struct RecoveryTests {
    private typealias Findings = CheckpointRecovery.Findings

    private static func file(_ number: UInt64) -> StateFileRecord {
        StateFileRecord(
            name: CheckpointName.stateName(number, loop: 0, head: 0, instance: 0), bytes: 100, crc32: "0000000\(number)"
        )
    }

    private static func manifest(_ number: UInt64) -> CheckpointManifest {
        CheckpointManifest(
            number: number, job: JobFixture.job(),
            loops: [
                CheckpointManifest.Loop(
                    name: "loop", round: Int(number), end: nil, aggregates: [:], accumulators: [],
                    parts: [CheckpointManifest.Part(head: "head", instance: 0, file: file(number))])
            ])
    }

    /// Checkpoints 3 and 4, both intact, and what else a folder of ours has.
    private static var sound: Findings {
        var findings = Findings(
            entries: [
                "lock": StateFolderEntry(size: 5), ".nfs01": StateFolderEntry(size: 1),
                CheckpointName.temporaryName(5): StateFolderEntry(size: 7),
                CheckpointName.stateName(5, loop: 0, head: 0, instance: 0): StateFolderEntry(size: 9),
            ], manifests: [:])
        for number in UInt64(3)...4 { add(manifest(number), to: &findings) }
        return findings
    }

    private static func add(_ manifest: CheckpointManifest, to findings: inout Findings) {
        findings.entries[CheckpointName.manifestName(manifest.number)] = StateFolderEntry(size: 10)
        findings.manifests[manifest.number] = .manifest(manifest)
        for file in manifest.files { findings.entries[file.name] = StateFolderEntry(size: file.bytes) }
    }

    private static func decide(
        wrong: Set<String> = [], _ change: (inout Findings) -> Void
    ) -> CheckpointRecovery.Decision {
        var findings = sound
        change(&findings)
        return CheckpointRecovery.decide(findings) { (name) throws(Never) in
            // The name has the number, and so the checksum, in it.
            wrong.contains(name) ? "ffffffff" : "0000000" + name.dropFirst("state-0000000".count).prefix(1)
        }
    }

    @Test
    func theNewestIntactOneCounts() {
        #expect(Self.decide { _ in } == .resume(Self.manifest(4), passedOver: []))
        #expect(Self.decide { $0.manifests[4] = nil } == .resume(Self.manifest(3), passedOver: []))
    }

    @Test
    func whatIsNoCheckpointYetIsNothing() {
        #expect(CheckpointRecovery.decide(Findings(entries: [:], manifests: [:])) { _ in "" } == .begin)
        #expect(Self.decide { $0.manifests = [:] } == .begin)
    }

    @Test
    func aDefectiveOneIsPassedOverAndNamed() {
        let name = Self.file(4).name
        let cases: [(CheckpointDefect.Kind, String, CheckpointRecovery.Decision)] = [
            (.missing, name, Self.decide { $0.entries[name] = nil }),
            (
                .wrongSize(bytes: 99, expected: 100), name,
                Self.decide { $0.entries[name] = StateFolderEntry(size: 99) }
            ),
            (.wrongChecksum, name, Self.decide(wrong: [name]) { _ in }),
            (.tornManifest, CheckpointName.manifestName(4), Self.decide { $0.manifests[4] = .torn }),
        ]
        for (kind, file, decision) in cases {
            #expect(
                decision == .resume(Self.manifest(3), passedOver: [CheckpointDefect(file: file, kind: kind)]), "\(kind)"
            )
        }
    }

    @Test
    func withoutAnIntactOneTheNewestDefectIsTheReason() {
        let files = [Self.file(3).name, Self.file(4).name]
        #expect(
            Self.decide(wrong: Set(files)) { _ in }
                == .refuse(CheckpointDefect(file: files[1], kind: .wrongChecksum)))
        #expect(
            Self.decide(wrong: Set(files)) { $0.manifests[4] = .torn }
                == .refuse(CheckpointDefect(file: CheckpointName.manifestName(4), kind: .tornManifest)))
    }

    @Test
    func aNewerVersionIsRefusedAlthoughAnOlderOneIsIntact() {
        #expect(
            Self.decide { $0.manifests[4] = .newer(2) }
                == .refuse(CheckpointDefect(file: CheckpointName.manifestName(4), kind: .newerVersion(2))))
    }

    @Test(arguments: [
        "notes.txt", "checkpoint-x.json", "state-1-0-0.bin", "state-1-0-0-a.bin", "Lock", "checkpoint-.json",
    ])
    func aForeignFileIsRefused(name: String) {
        #expect(
            Self.decide { $0.entries[name] = StateFolderEntry(size: 1) }
                == .refuse(CheckpointDefect(file: name, kind: .foreign)))
    }

    @Test
    func aPipeInThePlaceOfAFileIsForeign() {
        let name = Self.file(9).name
        #expect(
            Self.decide { $0.entries[name] = StateFolderEntry(size: 0, isRegular: false) }
                == .refuse(CheckpointDefect(file: name, kind: .foreign)))
    }

    @Test
    func namesTellWhatFilesAre() {
        #expect(CheckpointName(CheckpointName.manifestName(7)) == .manifest(7))
        #expect(CheckpointName(CheckpointName.manifestName(123_456_789_012)) == .manifest(123_456_789_012))
        #expect(CheckpointName(CheckpointName.temporaryName(7)) == .temporary)
        #expect(CheckpointName(CheckpointName.stateName(7, loop: 1, head: 2, instance: 3)) == .state(7))
        #expect(CheckpointName("lock") == .lock)
        #expect(CheckpointName(".hidden") == .hidden)
    }

    @Test
    func theHighestNumberIsThatOfAnyFile() {
        #expect(Self.sound.highestNumber == 5)
    }
}
