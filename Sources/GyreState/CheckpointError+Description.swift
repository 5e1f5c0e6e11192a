import Glibc

extension CheckpointError: CustomStringConvertible {
    /// One line for a person: the file, what was found, what to do.
    public var description: String {
        switch self {
        case .inUse(let folder, let process):
            "\(folder): another run\(process.map { " (process \($0))" } ?? "") is using this folder"
        case .cannotCreate(let path, let code): "\(path): cannot be created: \(String(cString: strerror(code)))"
        case .readFailed(let path, let code): "\(path): reading failed: \(String(cString: strerror(code)))"
        case .writeFailed(let path, let code): "\(path): writing failed: \(String(cString: strerror(code)))"
        case .defective(let folder, let defect): "\(folder)/\(defect)"
        case .unfinished(let folder, let loop, let round):
            "\(folder): holds round \(round) of \"\(loop)\" of a run that has not ended; resume it, or use another folder"
        case .otherJob(let folder, let difference): "\(folder): holds a checkpoint of another job: \(difference)"
        case .pastLimit(let folder, let loop, let round, let limit):
            "\(folder): \"\(loop)\" has done \(round) rounds already, the limit is \(limit)"
        case .sinkInLoop(let loop, let node):
            "loop \"\(loop)\" cannot be checkpointed: its sink \"\(node)\" would not see the rounds before again"
        case .aggregatorNotCodable(let loop, let aggregator, let type):
            "loop \"\(loop)\" cannot be checkpointed: its aggregator \"\(aggregator)\" is of type \(type), "
                + "which is not Codable"
        case .stateNotUnderstood(let folder, let file):
            "\(folder)/\(file): is intact, but not what this job writes"
        }
    }
}

extension CheckpointDefect: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .missing: "\(file): is missing, and a checkpoint needs it"
        case .wrongSize(let bytes, let expected): "\(file): has \(bytes) bytes, expected \(expected)"
        case .wrongChecksum: "\(file): its checksum is wrong"
        case .tornManifest: "\(file): is torn, or no manifest of a checkpoint"
        case .newerVersion(let version):
            "\(file): is of version \(version), this program reads \(CheckpointManifest.version)"
        case .foreign: "\(file): is no file of a checkpoint; use a folder of its own"
        }
    }
}

extension JobDifference: CustomStringConvertible {
    public var description: String {
        switch self {
        case .name(let was, let now): "its name was \"\(was)\", is \"\(now)\""
        case .parallelism(let was, let now): "its parallelism was \(was), is \(now)"
        case .identity(let name, let was, let now): "\(name) was \(Self.text(was)), is \(Self.text(now))"
        case .nodeIsNew(let uid): "node \"\(uid)\" is new"
        case .nodeIsGone(let uid): "node \"\(uid)\" is gone"
        case .node(let uid, let part, let was, let now): "node \"\(uid)\": \(part) was \(was), is \(now)"
        case .field(let loop, let name, let was, let now):
            "in the rows of \"\(loop)\", \(name.isEmpty ? "the type" : "field \"\(name)\"") "
                + "was \(Self.text(was)), is \(Self.text(now))"
        case .aggregator(let loop, let name, let was, let now):
            "aggregator \"\(name)\" of \"\(loop)\" was \(Self.text(was)), is \(Self.text(now))"
        }
    }

    private static func text(_ value: String?) -> String { value ?? "absent" }
}
