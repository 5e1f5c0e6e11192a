import Gyre
import GyreFormats
import GyreGraphs
import GyreLearning

/// An error as the user meets it: an exit code and a line of text, and for the report the place in the input. The one
/// place where typed errors become prose.
struct Failure: Equatable {
    var status: ExitStatus
    var message: String
    var file: String?
    var lineInFile: Int?

    init(status: ExitStatus, message: String, file: String? = nil, lineInFile: Int? = nil) {
        self.status = status
        self.message = message
        self.file = file
        self.lineInFile = lineInFile
    }

    init(_ error: any Error) {
        switch error {
        case let error as CommandError: self.init(status: error.status, message: error.description)
        case let error as FormatError: self.init(error)
        case let error as BadRecord: self.init(FormatError.badRecord(error))
        case let error as GraphError: self.init(error)
        case let error as MemoryError: self.init(status: .notPossible, message: error.description)
        case let error as LearningError: self.init(error)
        case let error as ModelError: self.init(error)
        case let error as CheckpointError: self.init(error)
        case let error as OperatorError: self.init(error)
        default: self.init(bug: "\(error)")
        }
    }

    /// What standard error shows; nothing where the reader of a pipe has gone, since it asked for no more.
    var line: String? {
        status == .brokenPipe ? nil : "gyre: \(message)\n"
    }

    private init(_ error: FormatError) {
        let status: ExitStatus =
            switch error.category {
            case .usage: .usage
            case .data: .data
            case .noInput: .noInput
            case .cannotCreate: .cannotCreate
            case .inputOutput: .inputOutput
            case .brokenPipe: .brokenPipe
            }
        self.init(status: status, message: error.description, file: error.path)
        if case .badRecord(let record) = error, record.line > 0 { lineInFile = record.line }
    }

    private init(_ error: CheckpointError) {
        var message = error.description
        if case .unfinished(let folder, _, let round) = error {
            message = "\(folder): holds round \(round) of a run that has not ended; add --resume, or use another folder"
        }
        self.init(status: error.status, message: message, file: error.file)
    }

    private init(_ error: GraphError) {
        switch error {
        case .tooManyVertices(let count):
            self.init(
                status: .notPossible, message: "the graph has \(count) vertices, the most is \(UInt32.max - 1)")
        case .noSuchVertex(let vertex):
            self.init(status: .data, message: "vertex \"\(vertex)\" is not in the graph")
        case .missingDirection:
            self.init(bug: "\(error)")
        }
    }

    private init(_ error: LearningError) {
        switch error {
        case .parameter: self.init(status: .usage, message: error.description)
        // LIBSVM always has one, so nobody has named the column.
        case .noLabel: self.init(status: .usage, message: "\(error): expected --label")
        default: self.init(status: .data, message: error.description)
        }
    }

    private init(_ error: ModelError) {
        var status = ExitStatus.data
        if case .missing = error { status = .noInput }
        self.init(status: status, message: error.description, file: error.path)
    }

    /// Commands give operators no code of a user's: what an operator throws is about a file, or our fault.
    private init(_ error: OperatorError) {
        switch error.underlying {
        case is FormatError, is BadRecord, is GraphError, is MemoryError, is LearningError, is ModelError,
            is CommandError, is CheckpointError, is OperatorError:
            self.init(error.underlying)
        default: self.init(bug: "\(error)")
        }
    }

    /// `PlanError`, `JobError` and whatever nobody foresaw: the commands write the plans and cancel nothing.
    private init(bug description: String) {
        self.init(status: .bug, message: "a bug of ours: \(description)")
    }
}
