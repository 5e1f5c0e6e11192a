import GyreColumns
public import GyreOperators

extension MonotoneEngine {
    /// A checkpoint holds the values, who is active and who waits, and the plan of the next round.
    ///
    /// Who is active is kept by bits of a chunk, not by the workers' lists, whose order depends on timing. Chunks are
    /// whole words of bits.
    @usableFromInline
    var state: DenseState {
        let identity = ProgramIdentity(program, on: graph)
        return DenseState(
            identity: { identity.entries },
            saveShared: { [self] writer in
                let plan = plan.base.pointee
                writer.write(UInt8(plan.pulls ? 1 : 0))
                writer.write(UInt8(plan.readsFar ? 1 : 0))
                writer.write(Int64(plan.exploredEdges))
                try BinaryCodec.encode(plan.threshold, into: &writer)
                try BinaryCodec.encode(plan.settled, into: &writer)
            },
            restoreShared: { [self] reader in
                let pulls = try reader.read(UInt8.self) != 0
                let readsFar = try reader.read(UInt8.self) != 0
                let exploredEdges = Int(try reader.read(Int64.self))
                plan.base.pointee = Plan(
                    // Restored vertices are put into the first set, and into its list.
                    pulls: pulls, reads: 0, threshold: try BinaryCodec.decode(Value.self, from: &reader),
                    settled: try BinaryCodec.decode(Value.self, from: &reader), exploredEdges: exploredEdges,
                    readsFar: readsFar, isListed: true)
            },
            saveChunk: { [self] chunk, writer in
                let range = chunks.range(chunk)
                writer.write(UInt64(chunk))
                try ValueColumn.write(values.base + range.lowerBound, count: range.count, into: &writer)
                for set in keptSets(reads: plan.base.pointee.reads) {
                    for word in Self.words(of: range) { writer.write(set.words.base[word]) }
                }
            },
            restoreChunk: { [self] reader, worker, _ in
                let range = chunks.range(try chunks.readNumber(from: &reader))
                try ValueColumn.read(values.base + range.lowerBound, count: range.count, from: &reader)
                let rows = ProgramRows(pushed)
                for set in keptSets(reads: 0) {
                    let view = set.view(of: worker)
                    for word in Self.words(of: range) {
                        var bits = try reader.read(UInt64.self)
                        while bits != 0 {
                            let vertex = word * 64 + bits.trailingZeroBitCount
                            guard range.contains(vertex) else { throw CodecError.malformed(expected: "a vertex") }
                            view.insert(vertex, edges: rows.degree(vertex))
                            bits &= bits - 1
                        }
                    }
                }
            },
            resume: { [self] _ in layOut(plan.base.pointee) })
    }

    /// The active vertices, and with a step width those that wait; between rounds the other sets are empty.
    private func keptSets(reads: Int) -> [ActiveSet] { [sets[reads]] + far.prefix(1) }

    private static func words(of range: Range<Int>) -> Range<Int> {
        range.lowerBound / 64..<(range.upperBound + 63) / 64
    }
}
