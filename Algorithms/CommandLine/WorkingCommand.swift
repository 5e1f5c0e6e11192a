import ArgumentParser

/// A subcommand that does something: it is parsed already when it is asked to `perform`, and every error it throws is
/// told in one line, reported, and turned into an exit code by the session.
protocol WorkingCommand: ParsableCommand {
    /// As the report names the command, such as `graph pagerank`.
    static var title: String { get }
    var runOptions: RunOptions { get }
    /// The inputs as the command line names them, which no output may overwrite.
    var inputs: [String] { get }
    /// Of commands that draw random numbers.
    var seed: UInt64? { get }

    func perform(in session: Session) throws
}

extension WorkingCommand {
    var inputs: [String] { [] }
    var seed: UInt64? { nil }
}
