import Foundation
import GyreFormats
import GyreRuntime
import Synchronization

/// Where the parts of one output go; one object a run.
final class OutputTarget: Sendable {
    let path: String
    private let arrangement: FileArrangement
    private let state = Mutex(State())

    private struct State {
        var folder: OutputFolder?
        var parts: [OutputPart] = []
        /// Published, or abandoned.
        var isSettled = false
    }

    init(path: String, arrangement: FileArrangement) {
        self.path = path
        self.arrangement = arrangement
    }

    var compression: Compression {
        switch arrangement {
        case .oneFile: Compression(path: path)
        case .oneAPartition(let compression): compression
        }
    }

    /// Whether a part begins with the head: each file does.
    func hasHead(_ instance: Int) -> Bool { arrangement != .oneFile || instance == 0 }

    /// Creates the file of an instance. Blocks.
    func part(_ instance: Int, ending: String) throws -> OutputPart {
        try state.withLock { state in
            if state.isSettled { throw JobError.cancelled }
            let part = try make(instance, ending: ending, &state)
            state.parts.append(part)
            return part
        }
    }

    private func make(_ instance: Int, ending: String, _ state: inout State) throws(FormatError) -> OutputPart {
        guard case .oneAPartition(let compression) = arrangement else { return try OutputPart(for: partPath) }
        if state.folder == nil { state.folder = try OutputFolder(path: path) }
        guard let folder = state.folder else { preconditionFailure("a folder that was just made") }
        let number = String(instance)
        let name = "part-" + String(repeating: "0", count: max(0, 5 - number.count)) + number
        return try folder.part(named: name + ending + compression.ending)
    }

    /// The job has not come to its end: leaves nothing behind. Harmless once the output is published.
    func abandon() {
        state.withLock { state in
            state.isSettled = true
            for part in state.parts { part.discard() }
            state.folder?.discard()
            state = State(isSettled: true)
        }
    }

    /// Joins the parts, in the order of their instances, and lets the output appear. Blocks.
    func publish(_ parts: [WrittenPart], finalHead: ([UInt8], Int) -> [UInt8]?) throws {
        try join(parts, finalHead: finalHead)
        // What was joined to another part is not needed any more.
        abandon()
    }

    private func join(_ parts: [WrittenPart], finalHead: ([UInt8], Int) -> [UInt8]?) throws {
        let parts = parts.sorted { $0.instance < $1.instance }
        let heads = parts.map(\.head).filter { !$0.isEmpty }
        if compression != .none, finalHead(heads.first ?? [], 0) != nil {
            // The head of a packed file cannot be written again.
            throw FormatError.cannotCreate(path: path, code: ENOTSUP)
        }
        guard arrangement == .oneFile else {
            for written in parts {
                if let head = finalHead(written.head, written.rows) { try written.part.overwriteHead(head) }
            }
            try state.withLock { $0.folder }?.publish(parts.map(\.part))
            return
        }
        guard let first = parts.first else { return }
        let head = heads.first ?? []
        if heads.contains(where: { $0 != head }) {
            throw RecordDefect.malformed(expected: "rows of one shape from all workers", found: "several shapes")
        }
        var whole = first.part
        var rest = parts.dropFirst()
        if !first.hasHead, !head.isEmpty {
            // The first worker had no row to tell the head by.
            whole = try OutputPart(for: partPath)
            let text = TextBuffer(capacity: head.count)
            head.withUnsafeBufferPointer { text.append($0) }
            try whole.write(compression.pack(text, path: path).bytes)
            rest = parts[...]
        }
        for written in rest { try whole.append(written.part) }
        if let head = finalHead(head, parts.reduce(0) { $0 + $1.rows }) { try whole.overwriteHead(head) }
        guard OutputFile.isStream(path) else { return try whole.publish() }
        let stream = try OutputFile(path: path)
        try stream.resultIsComplete()
        try whole.read { (chunk) throws(FormatError) in try stream.write(chunk) }
        try stream.commit()
    }

    /// Beside the output; for pipes and devices, among the temporary files.
    private var partPath: String {
        OutputFile.isStream(path) ? FileManager.default.temporaryDirectory.path + "/gyre-output" : path
    }
}

/// A worker's part of an output, complete but without its name.
struct WrittenPart: Sendable {
    var instance: Int
    var part: OutputPart
    var target: OutputTarget
    var head: [UInt8]
    /// Whether the part begins with the head.
    var hasHead: Bool
    var rows: Int
}

/// A part that is made by one thread and taken by another.
final class PartPlace: Sendable {
    private let part = Mutex<OutputPart?>(nil)

    func set(_ part: OutputPart) { self.part.withLock { $0 = part } }

    func take() -> OutputPart? {
        part.withLock { part in
            defer { part = nil }
            return part
        }
    }

    func write(_ buffer: TextBuffer) throws {
        guard let part = part.withLock({ $0 }) else { preconditionFailure("a part is created first") }
        try part.write(buffer.bytes)
    }
}
