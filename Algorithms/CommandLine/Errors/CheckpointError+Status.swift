import Gyre

extension CheckpointError {
    var status: ExitStatus {
        switch self {
        case .inUse, .cannotCreate: .cannotCreate
        case .readFailed, .writeFailed: .inputOutput
        case .defective, .otherJob, .stateNotUnderstood: .data
        case .unfinished, .pastLimit: .usage
        case .sinkInLoop, .aggregatorNotCodable: .bug
        }
    }

    /// The folder, or the file that is at fault.
    var file: String? {
        switch self {
        case .inUse(let folder, _), .unfinished(let folder, _, _), .otherJob(let folder, _),
            .pastLimit(let folder, _, _, _):
            folder
        case .cannotCreate(let path, _), .readFailed(let path, _), .writeFailed(let path, _): path
        case .defective(let folder, let defect): folder + "/" + defect.file
        case .stateNotUnderstood(let folder, let file): folder + "/" + file
        case .sinkInLoop, .aggregatorNotCodable: nil
        }
    }
}
