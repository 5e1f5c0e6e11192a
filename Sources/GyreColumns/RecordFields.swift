@_spi(Reflection) import Swift

/// A stored field of a record, as what outlives a run describes itself.
public struct RecordField: Hashable, Sendable, Codable {
    /// The names from the record down to the field, with dots between them; empty for the record itself.
    public var name: String
    /// The name of the field's type, without modules.
    public var type: String

    public init(name: String, type: String) {
        self.name = name
        self.type = type
    }
}

/// Which fields a type has: what a checkpoint notes once a file, so that a changed type is refused by name.
///
/// Read from the standard library's field reflection, the one use of it here. The fields of a structure are
/// looked into; those of the standard library's and Foundation's types are not, for their names say it all. Of
/// collections and optionals the elements are looked into. An enumeration is its name: cases cannot be listed.
/// Cost: microseconds; done once a loop, never a record.
public enum RecordFields {
    /// The fields of a type, in the order in which they are stored; of a type without any, the type itself.
    public static func of(_ type: Any.Type) -> [RecordField] {
        var seen: [ObjectIdentifier] = []
        return fields(of: type, at: "", inside: &seen)
    }

    private static func fields(
        of type: Any.Type, at name: String, inside outer: inout [ObjectIdentifier]
    ) -> [RecordField] {
        let leaf = RecordField(name: name, type: _typeName(type, qualified: false))
        let identifier = ObjectIdentifier(type)
        // A type may hold an array of itself.
        if outer.contains(identifier) { return [leaf] }
        outer.append(identifier)
        defer { outer.removeLast() }
        var parts: [(name: String, type: Any.Type)] = []
        if let container = type as? any RecordContainer.Type {
            parts = container.contents.map { ($0.name, $0.type) }
        } else if !isKnownByName(type) {
            let isStructure = _forEachField(of: type) { field, _, fieldType, _ in
                parts.append((String(cString: field), fieldType))
                return true
            }
            if !isStructure { parts = [] }
        }
        var found = parts.isEmpty ? [leaf] : []
        for part in parts {
            found += fields(of: part.type, at: name.isEmpty ? part.name : "\(name).\(part.name)", inside: &outer)
        }
        return found
    }

    private static func isKnownByName(_ type: Any.Type) -> Bool {
        let name = _typeName(type, qualified: true)
        return name.hasPrefix("Swift.") || name.hasPrefix("Foundation") || name.hasPrefix("Builtin.")
    }
}

/// A type of the standard library that holds others, which may be a user's.
private protocol RecordContainer {
    static var contents: [(name: String, type: Any.Type)] { get }
}

extension Optional: RecordContainer {
    static var contents: [(name: String, type: Any.Type)] { [("optional", Wrapped.self)] }
}

extension Array: RecordContainer {
    static var contents: [(name: String, type: Any.Type)] { [("element", Element.self)] }
}

extension Set: RecordContainer {
    static var contents: [(name: String, type: Any.Type)] { [("element", Element.self)] }
}

extension Dictionary: RecordContainer {
    static var contents: [(name: String, type: Any.Type)] { [("key", Key.self), ("value", Value.self)] }
}
