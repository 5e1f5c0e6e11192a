import CZlib
import GyreColumns

/// The head of a file of records in our own binary form. It describes the records, so that a file of another type, or of
/// a type that has changed since, is refused with the field named.
///
/// ```
/// magic      8 bytes  "GYREREC" and the version, 1
/// length     4        of the rest of the head
/// rows       8        how many there are in all blocks; at the same place in every file
/// type       string   8 bytes of length and UTF-8, as all strings
/// fields     8        how many; none where records are encoded through `Codable`
/// field      2 strings  name and type, each field
/// checksum   4        CRC-32 of the head so far
/// ```
///
/// Then blocks: rows (4 bytes), bytes (4), CRC-32 of the bytes (4), the bytes. Integers are little-endian.
struct RecordFileHeader: Hashable, Sendable {
    static let magic: [UInt8] = Array("GYREREC".utf8) + [1]
    /// The largest head that is read.
    static let limit = 1 << 20
    static let blockHeadLength = 12

    struct Field: Hashable, Sendable {
        var name: String
        var type: String
    }

    var typeName: String
    var fields: [Field]
    var rows: UInt64

    init<Row>(of type: Row.Type, rows: Int) {
        typeName = "\(type)"
        fields = (RecordLayout.of(type)?.fields ?? []).map { Field(name: $0.name, type: $0.type.description) }
        self.rows = UInt64(rows)
    }

    var bytes: [UInt8] {
        var body = ByteWriter()
        body.write(rows)
        body.write(typeName)
        body.write(UInt64(fields.count))
        for field in fields {
            body.write(field.name)
            body.write(field.type)
        }
        var head = ByteWriter()
        Self.magic.withUnsafeBytes { head.append($0) }
        head.write(UInt32(body.bytes.count + 4))
        body.bytes.withUnsafeBytes { head.append($0) }
        head.write(Checksum.of(head.bytes))
        return head.bytes
    }

    /// Reads what stands behind magic and length.
    ///
    /// - Parameter whole: the head from its first byte.
    init(whole: [UInt8], path: String) throws(FormatError) {
        let damage = FormatError.damaged(path: path, at: Self.magic.count, expected: "a sound head")
        do {
            var sum = ByteReader(Array(whole.suffix(4)))
            guard whole.count >= 16, try sum.read(UInt32.self) == Checksum.of(Array(whole.dropLast(4))) else {
                throw damage
            }
            var reader = ByteReader(Array(whole[12..<(whole.count - 4)]))
            rows = try reader.read(UInt64.self)
            typeName = try reader.readString()
            fields = []
            for _ in 0..<(try reader.read(UInt64.self)) {
                fields.append(Field(name: try reader.readString(), type: try reader.readString()))
            }
        } catch {
            throw damage
        }
    }

    /// Refuses a file whose records are not what is expected, by the first field that differs.
    func check(against expected: RecordFileHeader, path: String) throws(FormatError) {
        func refuse(_ wanted: String, _ found: String) -> FormatError {
            .badHeader(path: path, expected: wanted, found: found)
        }
        for (index, field) in expected.fields.enumerated() {
            guard index < fields.count else { throw refuse("a field \"\(field.name)\" of type \(field.type)", "none") }
            let found = fields[index]
            guard found == field else {
                throw refuse(
                    "a field \"\(field.name)\" of type \(field.type)", "\"\(found.name)\" of type \(found.type)")
            }
        }
        if fields.count > expected.fields.count {
            let found = fields[expected.fields.count]
            throw refuse("no more fields", "\"\(found.name)\" of type \(found.type)")
        }
        if fields.isEmpty, typeName != expected.typeName {
            throw refuse("records of type \(expected.typeName)", typeName)
        }
    }
}
