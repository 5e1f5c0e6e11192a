extension RecordLayout {
    /// Whether reading and writing by offset is what the type's own `Codable` does.
    ///
    /// Two prototypes are decoded through `Codable`, whose fields all differ. The names that the type asks for must be
    /// those of its fields; the bytes of the prototypes by this layout must be those that `Codable` makes; and what
    /// the layout decodes from them must encode to them again.
    func agreesWithCodable<Record: PlainRecord>(_ type: Record.Type) -> Bool {
        for variant in PrototypeDecoder.Variant.allCases {
            do {
                let asked = PrototypeDecoder.Asked()
                let prototype = try Record(from: PrototypeDecoder(variant: variant, asked: asked))
                guard asked.names == fields.map(\.name) else { return false }
                guard try agrees(on: prototype) else { return false }
            } catch {
                return false
            }
        }
        return true
    }

    private func agrees<Record: PlainRecord>(on prototype: Record) throws -> Bool {
        var through = ByteWriter()
        try BinaryCodec.encode(prototype, into: &through)
        var direct = ByteWriter()
        withUnsafeBytes(of: prototype) { raw in
            if let base = raw.baseAddress { encode(base, count: 1, into: &direct) }
        }
        guard direct.bytes == through.bytes else { return false }
        // An `init(from:)` that does more than it is told shows in what it makes of them.
        var bytes = ByteReader(through.bytes)
        var twice = ByteWriter()
        try BinaryCodec.encode(try BinaryCodec.decode(Record.self, from: &bytes), into: &twice)
        guard twice.bytes == through.bytes else { return false }
        let copy = UnsafeMutablePointer<Record>.allocate(capacity: 1)
        defer { copy.deallocate() }
        var reader = ByteReader(through.bytes)
        try decode(from: &reader, count: 1, into: copy)
        defer { copy.deinitialize(count: 1) }
        var again = ByteWriter()
        try BinaryCodec.encode(copy.pointee, into: &again)
        return reader.isAtEnd && again.bytes == through.bytes
    }
}
