import GyreFormats

/// The places that a command is about to write, checked against each other and against its inputs before anything is
/// opened.
struct OutputClaims {
    /// An output, with the option that named it.
    struct Claim {
        var option: String
        var path: String
    }

    private let inputs: Set<FileIdentity>
    private var taken: [OutputIdentity: Claim] = [:]

    /// - Parameter inputs: as the command line names them. Those that cannot be resolved are for the reader to refuse.
    init(inputs names: [String]) {
        let files = names.flatMap { name in (try? InputFiles.resolve([name])) ?? [] }
        inputs = Set(files.filter { !$0.isStandardInput }.compactMap { FileIdentity(path: $0.path) })
    }

    mutating func add(_ claim: Claim) throws {
        guard let identity = OutputIdentity(path: claim.path) else { return }
        if case .file(let file) = identity, inputs.contains(file) { throw CommandError.outputIsInput(path: claim.path) }
        if let other = taken.updateValue(claim, forKey: identity) {
            throw CommandError.sameOutput(path: claim.path, first: other.option, second: claim.option)
        }
    }
}
