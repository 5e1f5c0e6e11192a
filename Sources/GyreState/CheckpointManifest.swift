package import Foundation

/// What a checkpoint consists of. The file has two lines: the manifest as JSON, and `{"crc32":…}` of that line.
package struct CheckpointManifest: Codable, Equatable, Sendable {
    /// Of the folder's layout, of this file and of the files of state.
    package static let version = 1

    /// A loop's state after a round.
    package struct Loop: Codable, Equatable, Sendable {
        package var name: String
        package var round: Int
        /// Why the loop ended after the round; nil where it goes on.
        package var end: String?
        /// By aggregator; in the binary codec.
        package var aggregates: [String: Data]
        /// By worker: what its operators in the loop have added to named sums.
        package var accumulators: [[String: Int64]]
        package var parts: [Part]

        package init(
            name: String, round: Int, end: String?, aggregates: [String: Data], accumulators: [[String: Int64]],
            parts: [Part]
        ) {
            self.name = name
            self.round = round
            self.end = end
            self.aggregates = aggregates
            self.accumulators = accumulators
            self.parts = parts
        }
    }

    /// What one instance of a head has written.
    package struct Part: Codable, Equatable, Sendable {
        package var head: String
        package var instance: Int
        package var file: StateFileRecord

        package init(head: String, instance: Int, file: StateFileRecord) {
            self.head = head
            self.instance = instance
            self.file = file
        }
    }

    package var version: Int
    /// Counted from 1 within the folder.
    package var number: UInt64
    package var job: JobRecord
    package var loops: [Loop]

    package init(number: UInt64, job: JobRecord, loops: [Loop]) {
        version = Self.version
        self.number = number
        self.job = job
        self.loops = loops
    }

    /// All files that the checkpoint needs.
    package var files: [StateFileRecord] { loops.flatMap { $0.parts.map(\.file) } }

    /// The loop that has not ended; nil where all have, or have not begun.
    package var unfinished: Loop? { loops.first { $0.end == nil } }

    /// Whether each of the loops has ended.
    package func hasEnded(_ names: [String]) -> Bool {
        names.allSatisfy { name in loops.contains { $0.name == name && $0.end != nil } }
    }

    func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(self) else { preconditionFailure("a manifest is always encodable") }
        let line = [UInt8](json) + [UInt8(ascii: "\n")]
        return line + Array("{\"crc32\":\"\(Checksum.of(line).checksumText)\"}\n".utf8)
    }

    /// What a file called after a number turns out to be.
    package enum Reading: Equatable, Sendable {
        case manifest(CheckpointManifest)
        case torn
        case newer(Int)
    }

    package static func reading(_ bytes: [UInt8], number: UInt64) -> Reading {
        struct Versioned: Decodable { var version: Int }
        struct Trailer: Decodable { var crc32: String }
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return .torn }
        let line = [UInt8](bytes[...end])
        let rest = Data(bytes[(end + 1)...])
        guard let trailer = try? JSONDecoder().decode(Trailer.self, from: rest),
            trailer.crc32 == Checksum.of(line).checksumText,
            let versioned = try? JSONDecoder().decode(Versioned.self, from: Data(line))
        else { return .torn }
        if versioned.version > version { return .newer(versioned.version) }
        guard let manifest = try? JSONDecoder().decode(CheckpointManifest.self, from: Data(line)),
            manifest.number == number
        else { return .torn }
        return .manifest(manifest)
    }
}
