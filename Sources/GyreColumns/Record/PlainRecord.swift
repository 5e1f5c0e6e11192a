/// A struct of plain fields whose `Codable` conformance is the synthesised one.
///
/// ```swift
/// struct Order: PlainRecord {
///     var id: Int64
///     var customer: String
///     var discount: Double?
/// }
/// ```
///
/// The marker has no requirements of its own. By it a type states that `init(from:)` and `encode(to:)` do nothing but
/// read and write its stored properties under their own names, so that files and exchanges may do the same by memory
/// offset, several times as fast as through `Codable`. Fields may be integers of any width, `Double`, `Float`, `Bool`,
/// `String`, and optionals of these.
///
/// The statement is checked against a `Codable` round trip at first use (`RecordLayout.of`). A type that does not pass,
/// or has other fields, is read and written through `Codable`: slower, never wrong.
public protocol PlainRecord: Codable, Sendable {}
