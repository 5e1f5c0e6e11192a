/// Why a record was refused: what was expected, and the text found where there is any.
///
/// Texts are cut by `RecordDefect.excerpt` and are always valid strings, whatever the bytes of the input.
public enum RecordDefect: Error, Hashable, Codable, Sendable {
    /// The parts of an edge's line.
    public enum Field: Hashable, Codable, Sendable {
        case source, target, weight
    }

    /// The line ends where a field should stand, or the field is empty.
    case missingField(Field)
    /// A field more than the format has; `limit` is the number allowed.
    case extraField(found: String, limit: Int)
    /// A weight that is no decimal number.
    case notANumber(found: String)
    /// A weight that is NaN, infinite, or too large for a Double.
    case notFinite(found: String)
    /// A negative weight where the caller's rule forbids it.
    case negativeWeight(found: String)
    /// A vertex list's line whose identifier is empty.
    case missingIdentifier
    /// A vertex list's line that holds more than one field.
    case moreThanOneIdentifier(found: String)
    /// Bytes that are not UTF-8; unreadable ones show as the replacement character.
    case invalidUTF8(found: String)
    /// A NUL byte, which no text format has.
    case nulByte
    /// A quoted field without its closing quote, or with text after it.
    case badQuotes(found: String)
    /// Where an integer identifier is required and none stands.
    case notAnInteger(found: String)
    /// The record ends before the field of this column.
    case noField(column: String)
    /// A field that is not of its column's type; `expected` names the type with its article.
    case wrongValue(column: String, expected: String, found: String)
    /// A quoted field that is open at the end of the input.
    case unclosedQuote(found: String)
    /// A quote inside a field that does not begin with one.
    case strayQuote(found: String)
    /// What a format of its own requires; `expected` names it with its article.
    case malformed(expected: String, found: String)

    /// The first line of a Matrix Market file is not its banner.
    case matrixBanner(found: String)
    /// A Matrix Market kind that holds no edges: array, complex, hermitian, skew-symmetric.
    case matrixKind(found: String)
    /// The line with rows, columns and entries is missing or malformed, or a symmetric matrix is not square.
    case matrixSize(found: String)
    /// A row or column outside 1…limit.
    case matrixIndex(found: String, limit: Int64)
    /// Fewer or more entries than the size line states.
    case matrixEntries(stated: Int64, found: Int64)
}
