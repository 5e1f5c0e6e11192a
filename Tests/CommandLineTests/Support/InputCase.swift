import GyreFormats
import Testing

/// What reads an input: a form of edges, or the list of vertices.
enum InputReader: Hashable, Sendable, CustomStringConvertible {
    case edges(EdgeListFormat)
    case vertices

    /// All of them: a new form of edges is one by itself.
    static let all = EdgeListFormat.allCases.filter { $0 != .auto }.map { InputReader.edges($0) } + [.vertices]

    var description: String {
        switch self {
        case .edges(let format): format.rawValue
        case .vertices: "vertices"
        }
    }

    /// A name by whose ending `auto` finds the reader.
    var fileName: String {
        switch self {
        case .edges(.csv): "bad.csv"
        case .edges(.matrixMarket): "bad.mtx"
        case .edges(.ldbc): "bad.e"
        case .edges: "bad.txt"
        case .vertices: "bad.v"
        }
    }
}

/// An input that a reader is given, and what the command makes of it.
struct InputCase<Kind: Sendable & Hashable>: Sendable, CustomTestStringConvertible {
    var reader: InputReader
    var kind: Kind
    /// Nil where no file is written: the name stands for something else.
    var content: [UInt8]?
    var name: String
    var code: Int32
    /// Standard error without `gyre: ` and the line's end where the input is refused; else standard output.
    var text: String

    /// A file.
    init(_ reader: InputReader, _ kind: Kind, _ content: String, code: Int32, _ text: String) {
        self.init(reader, kind, bytes: Array(content.utf8), code: code, text)
    }

    /// A file whose ending is the reader's and perhaps one more.
    init(
        _ reader: InputReader, _ kind: Kind, bytes: [UInt8]?, name: String? = nil, ending: String = "", code: Int32,
        _ text: String
    ) {
        self.reader = reader
        self.kind = kind
        content = bytes
        self.name = (name ?? reader.fileName) + ending
        self.code = code
        self.text = text
    }

    var testDescription: String { "\(reader): \(kind)" }

    /// Runs an algorithm on the input, which stands in the place of its reader.
    func run(_ algorithm: String, in folder: WorkFolder, shell: String? = nil) throws -> GyreProcess.Outcome {
        if let content { try folder.write(bytes: content, to: name) }
        let inputs = reader == .vertices ? ["-", "--vertices", name] : [name]
        return try GyreProcess.run(
            ["graph", algorithm] + inputs, in: folder.path, input: reader == .vertices ? "1 2\n" : "", shell: shell)
    }
}
