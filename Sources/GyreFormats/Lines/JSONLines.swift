import Foundation

/// One JSON value a line, through Foundation's coders.
public enum JSONLines {
    /// Parses lines as values of a type; blank lines are no records. Some microseconds a line.
    public static func parser<Row: Decodable>(of type: Row.Type) -> LineParser<Row> {
        let decoder = JSONDecoder()
        return LineParser { line in
            guard let start = line.baseAddress, line.contains(where: { $0 != UInt8(ascii: " ") }) else { return nil }
            let data = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: line.count, deallocator: .none)
            do { return try decoder.decode(Row.self, from: data) } catch let error as DecodingError {
                throw defect(error, line, "\(Row.self)")
            }
        }
    }

    private static func defect(
        _ error: DecodingError, _ line: UnsafeBufferPointer<UInt8>, _ type: String
    ) -> RecordDefect {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        }
        let found = RecordDefect.excerpt(line)
        switch error {
        case .keyNotFound(let key, let context):
            let place = path(context)
            return .noField(column: place.isEmpty ? key.stringValue : place + "." + key.stringValue)
        case .typeMismatch(let expected, let context), .valueNotFound(let expected, let context):
            return .malformed(expected: "a \(expected) for \"\(path(context))\"", found: found)
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return .malformed(expected: "a sound value for \"\(path(context))\"", found: found)
        default:
            return .malformed(expected: "a \(type) in JSON", found: found)
        }
    }
}

/// Writes each row as a line of JSON, its keys in alphabetical order, so that equal rows have equal bytes.
public final class JSONLineFormatter<Row: Encodable>: RecordFormatter {
    private let encoder = JSONEncoder()

    public init() {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws {
        for row in UnsafeBufferPointer(start: rows.assumingMemoryBound(to: Row.self), count: count) {
            let line = try encoder.encode(row)
            line.withUnsafeBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
            buffer.append(UInt8(ascii: "\n"))
        }
    }
}
