import GyreColumns
import GyreOperators
import Synchronization

extension TrainingEngine {
    /// A checkpoint holds the state with its figures, and of each chunk what the program saves of its part.
    var state: DenseState {
        DenseState(
            identity: { [self] in
                program.identity.merging(["the rows' fingerprint": String(table.fingerprint, radix: 16)]) { own, _ in
                    own
                }
            },
            saveShared: { [self] writer in
                let now = trained.withLock { $0 }
                try BinaryCodec.encode(now.state, into: &writer)
                writer.write(Int64(now.rounds))
                writer.write(UInt64(now.isConverged ? 1 : 0))
                try BinaryCodec.encode(now.figures.sorted { $0.key < $1.key }.map(Figure.init), into: &writer)
            },
            restoreShared: { [self] reader in
                let state = try BinaryCodec.decode(Program.State.self, from: &reader)
                let rounds = Int(try reader.read(Int64.self))
                let isConverged = try reader.read(UInt64.self) == 1
                let figures = try BinaryCodec.decode([Figure].self, from: &reader)
                trained.withLock {
                    $0.state = state
                    $0.rounds = rounds
                    $0.isConverged = isConverged
                    $0.figures = Dictionary(figures.map { ($0.name, $0.value) }) { first, _ in first }
                }
            },
            saveChunk: { [self] chunk, writer in
                writer.write(UInt64(chunk))
                try program.save(part(chunk), into: &writer)
            },
            restoreChunk: { [self] reader, _, _ in
                let number = try reader.read(UInt64.self)
                guard number < UInt64(chunks.count) else {
                    throw CodecError.malformed(expected: "a chunk below \(chunks.count)")
                }
                initialise(Int(number))
                try program.restore(part(Int(number)), from: &reader)
            },
            resume: { [self] _ in claims.begin(count: chunks.count) })
    }
}

/// A figure of the last round, as a checkpoint holds it.
private struct Figure: Codable {
    var name: String
    var value: Double

    init(_ entry: (key: String, value: Double)) {
        name = entry.key
        value = entry.value
    }
}
