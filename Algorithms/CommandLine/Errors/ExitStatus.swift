/// The exit codes of the contract, Docs/CommandLine.md.
enum ExitStatus: Int32 {
    case success = 0
    case usage = 64
    case data = 65
    case noInput = 66
    case notPossible = 69
    case bug = 70
    case cannotCreate = 73
    case inputOutput = 74
    case interrupted = 130
    case brokenPipe = 141
    case terminated = 143

    var code: Int32 { rawValue }
}
