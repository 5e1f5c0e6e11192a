public import GyreColumns

/// Where a loop goes on from, instead of from its first round.
///
/// The rules of resuming, which all heads keep: what comes from outside as the first round's input is dropped; when
/// it has ended, each head reads the state that it saved after the round, and arrives at the meeting of that round as
/// it did then. The meeting decides as it did then. From there on nothing is different.
public struct LoopResumption: Sendable, Equatable {
    /// The round after which the state was saved.
    public var round: Int

    public init(round: Int) {
        self.round = round
    }
}

/// Which instance of which head a piece of a loop's state is of.
public struct LoopStatePlace: Hashable, Sendable {
    /// The head's uid.
    public var head: String
    public var instance: Int

    public init(head: String, instance: Int) {
        self.head = head
        self.instance = instance
    }
}

/// Where a head's state goes, frame by frame.
public protocol LoopStateOutput: AnyObject {
    /// Appends a frame; it should be no larger than a batch or a chunk.
    func append(frame: [UInt8]) throws
}

/// Where a head's state comes from.
public protocol LoopStateInput: AnyObject {
    /// The next frame; nil behind the last.
    func nextFrame() throws -> [UInt8]?
    /// What to throw where the frames are not what this head would have written; `input` where they are of another
    /// input.
    func mismatch(_ kind: LoopStateMismatch) -> any Error
}

/// Why a head cannot go on from a state that is intact.
public enum LoopStateMismatch: Error, Equatable, Sendable {
    /// The frames do not decode.
    case notUnderstood
    /// The state is of another input: what differs, as it was and as it is.
    case input(name: String, was: String?, is: String?)
}

extension LoopStateOutput {
    /// Appends a frame that `body` writes.
    public func frame(_ body: (inout ByteWriter) throws -> Void) throws {
        var writer = ByteWriter()
        try body(&writer)
        try append(frame: writer.bytes)
    }
}

extension LoopStateInput {
    /// Reads the next frame, all of it; false behind the last.
    public func read(_ body: (inout ByteReader) throws -> Void) throws -> Bool {
        guard let frame = try nextFrame() else { return false }
        var reader = ByteReader(frame)
        do {
            try body(&reader)
        } catch is CodecError {
            throw mismatch(.notUnderstood)
        }
        guard reader.isAtEnd else { throw mismatch(.notUnderstood) }
        return true
    }

    /// Reads the next frame, which must be there.
    public func require(_ body: (inout ByteReader) throws -> Void) throws {
        guard try read(body) else { throw mismatch(.notUnderstood) }
    }
}

extension ByteWriter {
    /// Writes what a state was computed of.
    mutating func write(identity: [String: String]) {
        write(UInt64(identity.count))
        for (name, value) in identity.sorted(by: { $0.key < $1.key }) {
            write(name)
            write(value)
        }
    }
}

extension ByteReader {
    /// Reads what `write(identity:)` wrote, and throws where it is another.
    mutating func check(identity: [String: String], of input: any LoopStateInput) throws {
        var was: [String: String] = [:]
        for _ in 0..<(try read(UInt64.self)) {
            let name = try readString()
            was[name] = try readString()
        }
        for name in Set(was.keys).union(identity.keys).sorted() where was[name] != identity[name] {
            throw input.mismatch(.input(name: name, was: was[name], is: identity[name]))
        }
    }
}
