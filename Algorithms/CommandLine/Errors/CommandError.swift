/// What a command itself refuses, before or after it has called the library.
enum CommandError: Error, Equatable {
    /// The ending of an output names no format.
    case unknownEnding(path: String, known: [String])
    case outputIsInput(path: String)
    /// Two outputs in one place; by their options.
    case sameOutput(path: String, first: String, second: String)
    /// A vertex that the graph does not have; `option` is where it was named.
    case unknownVertex(String, option: String)
    /// Inputs without a row to learn from.
    case noRows(inputs: [String])
    /// A file of first centres that has more or fewer than there are clusters.
    case centreCount(path: String, found: Int, expected: Int)
    /// A part that this build lacks.
    case notBuiltIn(String)
}

extension CommandError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unknownEnding(let path, let known):
            "\(path): expected a name that ends in \(known.dropLast().joined(separator: ", ")) or \(known.last ?? "")"
        case .outputIsInput(let path):
            "\(path): is an output and an input"
        case .sameOutput(let path, let first, let second):
            "\(path): \(first) and \(second) write to one place"
        case .unknownVertex(let vertex, let option):
            "\(option): vertex \"\(vertex)\" is not in the graph"
        case .noRows(let inputs):
            "\(inputs.joined(separator: ", ")): expected rows to learn from, found none"
        case .centreCount(let path, let found, let expected):
            "\(path): expected \(expected) centres, found \(found)"
        case .notBuiltIn(let part):
            "\(part) is not part of this build"
        }
    }

    var status: ExitStatus {
        switch self {
        case .unknownEnding, .outputIsInput, .sameOutput: .usage
        case .unknownVertex, .noRows, .centreCount: .data
        case .notBuiltIn: .notPossible
        }
    }
}
