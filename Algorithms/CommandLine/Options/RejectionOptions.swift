import ArgumentParser

/// Of commands that read records: what happens at a bad one.
struct RejectionOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "At a bad record: fail; skip it and count it; or write it to a file with its place and the reason. (default: fail)",
            valueName: "fail|skip|file"),
        transform: { BadRecordPolicy($0) })
    var onError: BadRecordPolicy = .fail

    /// The file that bad records go to, as an output; nil where they go nowhere.
    var claim: OutputClaims.Claim? {
        guard case .setAside(let path) = onError else { return nil }
        return OutputClaims.Claim(option: "--on-error", path: path)
    }
}

/// What becomes of a bad record.
enum BadRecordPolicy: Equatable {
    case fail
    case skip
    case setAside(path: String)

    init(_ text: String) {
        switch text {
        case "fail": self = .fail
        case "skip": self = .skip
        default: self = .setAside(path: text)
        }
    }
}
