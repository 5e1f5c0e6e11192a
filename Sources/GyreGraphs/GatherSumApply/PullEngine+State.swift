import GyreColumns
public import GyreOperators

extension PullEngine {
    /// A checkpoint holds the values, and what the round was reduced to. Messages are made again of the values, by the
    /// same call that made them.
    @usableFromInline
    var state: DenseState {
        let identity = ProgramIdentity(program, on: graph)
        return DenseState(
            identity: { identity.entries },
            saveShared: { [self] writer in try BinaryCodec.encode(summary.base.pointee, into: &writer) },
            restoreShared: { [self] reader in
                summary.base.pointee = try BinaryCodec.decode(Program.Summary.self, from: &reader)
            },
            saveChunk: { [self] chunk, writer in
                let range = rows.chunks.range(chunk)
                writer.write(UInt64(chunk))
                try ValueColumn.write(values.base + range.lowerBound, count: range.count, into: &writer)
            },
            restoreChunk: { [self] reader, _, round in
                let range = rows.chunks.range(try rows.chunks.readNumber(from: &reader))
                try ValueColumn.read(values.base + range.lowerBound, count: range.count, from: &reader)
                let table = VertexTable(graph)
                let shown = (round + 1) & 1 == 1 ? even.base : odd.base
                for number in range {
                    shown[number] = program.message(values.base[number], of: Vertex(number: number, vertices: table))
                }
            },
            resume: { [self] _ in claims.begin(borders) })
    }
}

extension ChunkLayout {
    /// The number of a chunk, as a frame of state begins.
    func readNumber(from reader: inout ByteReader) throws -> Int {
        let number = try reader.read(UInt64.self)
        guard number < UInt64(count) else { throw CodecError.malformed(expected: "a chunk below \(count)") }
        return Int(number)
    }
}
