public import GyreColumns
import GyreOperators

// What a worker's part of a vertex program in message form writes into checkpoints: between rounds nothing is under
// way, so the values and who is active are all. What vertices show is made again of the values.

extension GatherMessages {
    @usableFromInline
    func save(into writer: inout ByteWriter) throws {
        try values.withUnsafeBufferPointer { try writer.write(values: $0) }
    }

    @usableFromInline
    func restore(from reader: inout ByteReader) throws {
        values = try reader.readValues(count: range.count)
        let table = VertexTable(graph)
        messages = range.map { number in
            program.message(values[number - range.lowerBound], of: Vertex(number: number, vertices: table))
        }
    }
}

extension MonotoneMessages {
    @usableFromInline
    func save(into writer: inout ByteWriter) throws {
        try values.withUnsafeBufferPointer { try writer.write(values: $0) }
        writer.write(UInt64(active.count))
        for vertex in active { writer.write(vertex) }
    }

    @usableFromInline
    func restore(from reader: inout ByteReader) throws {
        values = try reader.readValues(count: range.count)
        isNext = range.map { _ in false }
        active = []
        for _ in 0..<(try reader.read(UInt64.self)) {
            let vertex = try reader.read(UInt32.self)
            guard range.contains(Int(vertex)) else { throw CodecError.malformed(expected: "a vertex of the worker") }
            active.append(vertex)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write<Value: BitwiseCopyable & Codable>(
        values: UnsafeBufferPointer<Value>
    ) throws {
        write(UInt64(values.count))
        guard let base = values.baseAddress else { return }
        try ValueColumn.write(base, count: values.count, into: &self)
    }
}

extension ByteReader {
    fileprivate mutating func readValues<Value: BitwiseCopyable & Codable>(count: Int) throws -> [Value] {
        guard try read(UInt64.self) == UInt64(count) else {
            throw CodecError.malformed(expected: "\(count) values")
        }
        let room = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
        defer { room.deallocate() }
        try ValueColumn.read(room, count: count, from: &self)
        return Array(UnsafeBufferPointer(start: room, count: count))
    }
}
