import Synchronization

/// Where the stored fields of a plain record lie in memory, and what they hold.
///
/// Derived once a type, from the standard library's field reflection, and checked against a round trip through
/// `Codable`. It drives the codec, CSV, estimates of bytes and the stable hash of keys. Immutable.
public final class RecordLayout: Sendable {
    /// A stored property.
    public struct Field: Hashable, Sendable {
        public let name: String
        /// From the first byte of a record.
        public let offset: Int
        public let type: FieldType
    }

    /// In the order of declaration.
    public let fields: [Field]
    /// Bytes from one record of an array to the next.
    public let stride: Int
    /// Whether some field owns memory elsewhere.
    public let hasStrings: Bool

    private init(fields: [Field], stride: Int) {
        self.fields = fields
        self.stride = stride
        hasStrings = fields.contains { $0.type.scalar == .string }
    }

    private static let known = Mutex<[ObjectIdentifier: RecordLayout?]>([:])

    /// The layout of a type; nil where it is no `PlainRecord`, has other fields than those that are listed there, or
    /// does not pass the check.
    ///
    /// - Complexity: a lock and a look-up; to be asked once a batch. The first call of a type costs about a
    ///   millisecond.
    public static func of<Record>(_ type: Record.Type) -> RecordLayout? {
        guard let plain = type as? any PlainRecord.Type else { return nil }
        let identifier = ObjectIdentifier(type)
        if let found = known.withLock({ $0[identifier] }) { return found }
        // Not under the lock: the check runs code of the type.
        let made = derived(from: plain)
        return known.withLock { known in
            if let found = known[identifier] { return found }
            known[identifier] = .some(made)
            return made
        }
    }

    private static func derived<Record: PlainRecord>(from type: Record.Type) -> RecordLayout? {
        guard let reflected = FieldReflection.fields(of: type), !reflected.isEmpty else { return nil }
        var fields: [Field] = []
        for field in reflected {
            guard let type = FieldType(field.type) else { return nil }
            fields.append(Field(name: field.name, offset: field.offset, type: type))
        }
        let layout = RecordLayout(fields: fields, stride: MemoryLayout<Record>.stride)
        return layout.agreesWithCodable(type) ? layout : nil
    }
}
