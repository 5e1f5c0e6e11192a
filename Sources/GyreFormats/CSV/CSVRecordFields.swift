/// The fields of the record at hand, found by the keys that a `Decodable` type asks for.
final class CSVRecordFields {
    let values: CSVValue
    private var split: CSVSplit
    private var names: [String] = []
    private var traits = TextTraits()
    /// The columns in the order in which the type asks, which is the same for every record: no look-up by name.
    private var asked: [(name: String, column: Int?)] = []
    private var turn = 0

    init(format: CSVFormat) {
        values = CSVValue(format)
        split = CSVSplit(quoting: format.quoting)
    }

    var quoting: RecordQuoting { split.quoting }

    func begin(_ block: TextBlock) {
        let names = (block.header as? CSVColumns)?.names ?? []
        if names != self.names { asked = [] }
        self.names = names
        traits = block.traits
    }

    /// Cuts the record at `start`, and says where the next one begins; nil for a line with nothing on it.
    func take(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
    ) throws(RecordDefect) -> UnsafePointer<UInt8>? {
        let next = try split.record(from: start, end: end)
        turn = 0
        let fields = split.fields
        if fields.count == 1, names.count != 1, fields[0].count == 0, !fields[0].isQuoted { return nil }
        if names.isEmpty { return next }
        if fields.count < names.count { throw .noField(column: names[fields.count]) }
        if fields.count > names.count {
            throw .extraField(found: RecordDefect.excerpt(split.bytes(fields[names.count])), limit: names.count)
        }
        return next
    }

    /// The column of a name; without names, the columns go to the keys in the order in which they are asked for.
    func column(_ name: String) -> Int? {
        // A key may be asked for twice in a row: whether it is there, and for its value.
        if turn > 0, asked[turn - 1].name == name { return asked[turn - 1].column }
        if turn < asked.count, asked[turn].name == name {
            turn += 1
            return asked[turn - 1].column
        }
        if let known = asked.firstIndex(where: { $0.name == name }) {
            turn = known + 1
            return asked[known].column
        }
        let column = names.isEmpty ? asked.count : names.firstIndex(of: name)
        asked.append((name, column))
        turn = asked.count
        return column
    }

    /// Without names, what the type has not asked for is a field too many.
    func checkSurplus() throws(RecordDefect) {
        guard names.isEmpty, split.fields.count > asked.count else { return }
        throw .extraField(found: RecordDefect.excerpt(split.bytes(split.fields[asked.count])), limit: asked.count)
    }

    func isNull(_ column: Int) -> Bool {
        guard column < split.fields.count else { return false }
        let field = split.fields[column]
        return values.isNull(split.bytes(field), isQuoted: field.isQuoted)
    }

    /// A scalar out of a column; nil where the type is none.
    func scalar<T>(_ type: T.Type, _ column: Int, name: String) throws(RecordDefect) -> T? {
        guard column < split.fields.count else { throw .noField(column: name) }
        let text = split.bytes(split.fields[column])
        let value: Any?
        let expected: String
        switch type {
        case is String.Type: (value, expected) = (try values.string(text, traits), "text")
        case is Int.Type: (value, expected) = (values.integer(text, Int.self), "an Int")
        case is Int64.Type: (value, expected) = (values.integer(text, Int64.self), "an Int64")
        case is Int32.Type: (value, expected) = (values.integer(text, Int32.self), "an Int32")
        case is Int16.Type: (value, expected) = (values.integer(text, Int16.self), "an Int16")
        case is Int8.Type: (value, expected) = (values.integer(text, Int8.self), "an Int8")
        case is UInt.Type: (value, expected) = (values.integer(text, UInt.self), "a UInt")
        case is UInt64.Type: (value, expected) = (values.integer(text, UInt64.self), "a UInt64")
        case is UInt32.Type: (value, expected) = (values.integer(text, UInt32.self), "a UInt32")
        case is UInt16.Type: (value, expected) = (values.integer(text, UInt16.self), "a UInt16")
        case is UInt8.Type: (value, expected) = (values.integer(text, UInt8.self), "a UInt8")
        case is Double.Type: (value, expected) = (values.double(text), "a finite number")
        case is Float.Type: (value, expected) = (values.float(text), "a finite number")
        case is Bool.Type: (value, expected) = (values.boolean(text), "true or false")
        default: return nil
        }
        guard let typed = value as? T else { throw values.wrong(text, expected, column: name) }
        return typed
    }
}
