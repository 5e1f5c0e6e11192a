extension TensorHead {
    /// Reads the head of a file, which is checked in itself: what it says of the data is not yet compared with them.
    ///
    /// - Parameter text: the JSON, without the length before it.
    init(parsing text: [UInt8], path: String) throws(FormatError) {
        guard String(validating: text, as: UTF8.self) != nil else {
            let found = text.withUnsafeBufferPointer { RecordDefect.excerpt($0) }
            throw .badHeader(path: path, expected: "a head in UTF-8", found: "\"\(found)\"")
        }
        var cursor = JSONCursor(text, path: path, start: TensorReader.lengthSize)
        var texts: [String: String]?
        var found: [Entry] = []
        var names: Set<String> = []
        try cursor.object { (cursor, name) throws(FormatError) in
            if name == TensorFile.metadataName {
                guard texts == nil else { throw Self.repeated(name, path) }
                texts = try Self.texts(&cursor, path)
            } else {
                guard names.insert(name).inserted else { throw Self.repeated("a tensor \"\(Self.shown(name))\"", path) }
                found.append(try Self.entry(named: name, &cursor, path))
            }
        }
        try cursor.end()
        metadata = texts ?? [:]
        // Empty tensors stand before the one that begins where they do.
        entries = found.sorted { left, right in
            (left.place.lowerBound, left.place.upperBound) < (right.place.lowerBound, right.place.upperBound)
        }
        try checkPlaces(path)
    }

    /// The tensors' bytes follow each other without overlap and without holes.
    private func checkPlaces(_ path: String) throws(FormatError) {
        var end = 0
        for entry in entries {
            guard entry.place.lowerBound == end else {
                throw .badHeader(
                    path: path, expected: "tensor \"\(Self.shown(entry.name))\" to begin at byte \(end) of the data",
                    found: "\(entry.place.lowerBound)")
            }
            end = entry.place.upperBound
        }
    }

    private static func texts(_ cursor: inout JSONCursor, _ path: String) throws(FormatError) -> [String: String] {
        var texts: [String: String] = [:]
        try cursor.object { (cursor, name) throws(FormatError) in
            guard texts.updateValue(try cursor.string(), forKey: name) == nil else {
                throw repeated("a text \"\(shown(name))\"", path)
            }
        }
        return texts
    }

    private static func entry(
        named name: String, _ cursor: inout JSONCursor, _ path: String
    ) throws(FormatError) -> Entry {
        var type: TensorType?
        var shape: [Int]?
        var offsets: [Int]?
        try cursor.object { (cursor, member) throws(FormatError) in
            switch member {
            case "dtype" where type == nil:
                type = try self.type(of: name, &cursor, path)
            case "shape" where shape == nil:
                shape = try numbers(&cursor)
            case "data_offsets" where offsets == nil:
                offsets = try numbers(&cursor)
            default:
                throw cursor.error(expected: "dtype, shape and data_offsets once each")
            }
        }
        guard let type, let shape, let offsets else {
            throw cursor.error(expected: "dtype, shape and data_offsets once each")
        }
        let tensor = "of tensor \"\(shown(name))\""
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw .badHeader(path: path, expected: "a begin and an end \(tensor)", found: list(offsets))
        }
        guard let size = type.byteCount(of: shape) else {
            throw .badHeader(path: path, expected: "a shape \(tensor) that fits in memory", found: list(shape))
        }
        guard size == offsets[1] - offsets[0] else {
            throw .badHeader(
                path: path, expected: "\(size) bytes \(tensor), which is \(type.rawValue) of shape \(list(shape))",
                found: "\(offsets[1] - offsets[0])")
        }
        return Entry(name: name, type: type, shape: shape, place: offsets[0]..<offsets[1])
    }

    private static func type(
        of name: String, _ cursor: inout JSONCursor, _ path: String
    ) throws(FormatError) -> TensorType {
        let text = try cursor.string()
        guard let type = TensorType(rawValue: text) else {
            throw .badHeader(
                path: path, expected: "a known dtype of tensor \"\(shown(name))\"", found: "\"\(shown(text))\"")
        }
        return type
    }

    private static func numbers(_ cursor: inout JSONCursor) throws(FormatError) -> [Int] {
        var numbers: [Int] = []
        try cursor.array { (cursor) throws(FormatError) in numbers.append(try cursor.wholeNumber()) }
        return numbers
    }

    private static func repeated(_ what: String, _ path: String) -> FormatError {
        .badHeader(path: path, expected: "\(what) once", found: "it twice")
    }

    /// The beginning of numbers that may be many.
    private static func list(_ numbers: [Int]) -> String {
        let shown = numbers.prefix(8).map { "\($0)" } + (numbers.count > 8 ? ["…"] : [])
        return "[\(shown.joined(separator: ", "))]"
    }

    private static func shown(_ text: String) -> String {
        var text = text
        return text.withUTF8 { RecordDefect.excerpt($0) }
    }
}
