/// A user's closure threw: which record of the batch it was given, and what it threw.
public struct RecordError: Error, Sendable {
    /// The record, shortened.
    public let record: String
    /// What the closure threw.
    public let underlying: any Error

    /// Describes a record for the error; the cold path of every kernel.
    @inline(never)
    public init(_ record: some Any, _ underlying: any Error) {
        let text = String(describing: record)
        self.record = text.count > 200 ? String(text.prefix(200)) + "…" : text
        self.underlying = underlying
    }
}

/// An operator failed: which one, where, on what.
public struct OperatorError: Error, Sendable {
    /// The node's name.
    public let name: String
    /// The node's uid.
    public let uid: String
    /// The number of the instance.
    public let instance: Int
    /// The record it failed on, where it was a user's closure that threw.
    public let record: String?
    /// What was thrown.
    public let underlying: any Error

    public init(name: String, uid: String, instance: Int, error: any Error) {
        self.name = name
        self.uid = uid
        self.instance = instance
        if let error = error as? RecordError {
            record = error.record
            underlying = error.underlying
        } else {
            record = nil
            underlying = error
        }
    }
}

extension OperatorError: CustomStringConvertible {
    public var description: String {
        let place = record.map { " on record \($0)" } ?? ""
        return "operator \"\(name)\" failed\(place): \(underlying)"
    }
}
