import Foundation
import Gyre
import GyreFormats
import Synchronization

/// One run of a command: what it may use, what it has to tell, and how it ends.
///
/// A run is ended once, by the thread that comes first: the main thread with a result or an error, or the signals' queue.
final class Session: Sendable {
    private struct State {
        var report: Report
        var file: ReportFile?
        var claims = OutputClaims(inputs: [])
        var checkpoint: CheckpointPolicy?
        /// Who ends the run; nil while it runs.
        var endedBy: Ender?
    }

    enum Ender {
        case main, signal
    }

    /// As the report names the command.
    let title: String
    let parallelism: Int
    let memory: MemorySize
    let progress: ProgressBar
    let isVerbose: Bool
    private let reportPath: String?
    private let state: Mutex<State>

    init(title: String, options: RunOptions, seed: UInt64?) {
        self.title = title
        parallelism = options.parallelism ?? JobConfiguration.availableCores
        memory = options.memory ?? MemoryBudget.standard
        progress = ProgressBar(options.progress)
        isVerbose = options.verbose
        reportPath = options.report
        state = Mutex(
            State(report: Report(command: title, version: Gyre.version, parallelism: parallelism, seed: seed)))
    }

    /// Runs a command to its exit code.
    static func run<Command: WorkingCommand>(_ command: Command) -> Int32 {
        let session = Session(title: Command.title, options: command.runOptions, seed: command.seed)
        let interruption = Interruption { session.interrupt($0) }
        defer { withExtendedLifetime(interruption) {} }
        do {
            try session.begin(inputs: command.inputs)
            try command.perform(in: session)
            session.claimEnd()
            session.progress.end()
            try session.writeReport()
            if session.isVerbose { StandardError.write(session.summary) }
            return ExitStatus.success.code
        } catch {
            return session.fail(Failure(error)).code
        }
    }

    // MARK: What a command tells

    func note(_ change: (inout Report) -> Void) {
        state.withLock { change(&$0.report) }
    }

    func count(_ change: (inout Report.Counts) -> Void) {
        note { report in
            var counts = report.counts ?? Report.Counts()
            change(&counts)
            report.counts = counts
        }
    }

    /// Adds the time that `body` takes to a phase of the report, also when it fails.
    func phase<Result>(_ phase: WritableKeyPath<Report.Phases, Double?>, _ body: () throws -> Result) rethrows -> Result
    {
        let start = ContinuousClock.now
        defer {
            let seconds = start.duration(to: .now).seconds
            note { report in
                var phases = report.phases ?? Report.Phases()
                phases[keyPath: phase] = (phases[keyPath: phase] ?? 0) + seconds
                report.phases = phases
            }
        }
        return try body()
    }

    /// The rounds that have been told so far.
    var rounds: [Report.Round] { state.withLock { $0.report.rounds ?? [] } }

    // MARK: Outputs

    /// Opens the report, once it is known to overwrite no input: from here on it is written whatever fails.
    private func begin(inputs: [String]) throws {
        var claims = OutputClaims(inputs: inputs)
        var file: ReportFile?
        if let reportPath {
            try claims.add(OutputClaims.Claim(option: "--report", path: reportPath))
            file = try ReportFile(path: reportPath)
        }
        state.withLock { state in
            state.claims = claims
            state.file = file
        }
    }

    /// Checks all outputs of the command, then opens them. To be done before anything is read.
    func open(_ outputs: [OutputClaims.Claim]) throws -> [OutputFile] {
        try state.withLock { state in
            do {
                for output in outputs { try state.claims.add(output) }
            } catch CommandError.sameOutput(let path, "--report", let other) {
                // A report of this failure would take the place of a result.
                state.file = nil
                throw CommandError.sameOutput(path: path, first: "--report", second: other)
            }
        }
        return try outputs.map { try OutputFile(path: $0.path) }
    }

    /// Checks that a folder which the command is to make holds none of its other outputs, the report included.
    func claim(folder: OutputClaims.Claim, apartFrom others: [OutputClaims.Claim]) throws {
        func place(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
        let report = reportPath.map { [OutputClaims.Claim(option: "--report", path: $0)] } ?? []
        for other in report + others where (place(other.path) + "/").hasPrefix(place(folder.path) + "/") {
            // A report of this failure would take the place of a result.
            if other.option == "--report" { state.withLock { $0.file = nil } }
            throw CommandError.sameOutput(path: other.path, first: other.option, second: folder.option)
        }
    }

    /// Holds a folder of checkpoints for the command; a signal that comes before the first leaves nothing of it behind.
    func reserve(_ policy: CheckpointPolicy) throws -> CheckpointPolicy {
        // In one step, so that no signal comes between the folder and the note of it.
        try state.withLock { state in
            let reserved = try policy.reserved()
            state.checkpoint = reserved
            return reserved
        }
    }

    /// Makes finished outputs appear. From here on a signal comes too late.
    ///
    /// - Parameter others: makes outputs appear that are no files.
    func publish(_ outputs: [OutputFile], others: () throws -> Void = {}) throws {
        for output in outputs { try output.resultIsComplete() }
        claimEnd()
        try others()
        for output in outputs { try output.commit() }
    }

    // MARK: Ends

    /// Makes the main thread the one that ends the run; does not return if a signal is ending it.
    private func claimEnd() {
        if claimEnd(by: .main) { return }
        while true { pause() }
    }

    private func claimEnd(by ender: Ender) -> Bool {
        state.withLock { state in
            state.endedBy = state.endedBy ?? ender
            return state.endedBy == ender
        }
    }

    private func fail(_ failure: Failure) -> ExitStatus {
        claimEnd()
        progress.end()
        note { $0.error = Report.ErrorPlace(failure) }
        // What kept the report from being written is less than what ended the run.
        try? writeReport()
        if let line = failure.line { StandardError.write(line) }
        return failure.status
    }

    /// Ends the process from the signals' queue, whatever the other threads are doing or waiting for.
    private func interrupt(_ status: ExitStatus) {
        guard claimEnd(by: .signal) else { return }
        let (report, checkpoint) = state.withLock { ($0.file?.temporaryPath, $0.checkpoint) }
        UnfinishedOutputs.discard(except: report)
        checkpoint?.discardUnfinished()
        progress.end()
        note { $0.error = Report.ErrorPlace(Failure(status: status, message: "interrupted")) }
        try? writeReport()
        _exit(status.code)
    }

    private func writeReport() throws {
        note { $0.peakMemoryBytes = PeakMemory.bytes }
        let (file, report) = state.withLock { ($0.file, $0.report) }
        try file?.write(report)
    }

    private var summary: String {
        state.withLock { Summary.text(of: $0.report) }
    }
}

extension Report.ErrorPlace {
    fileprivate init(_ failure: Failure) {
        self.init(
            code: failure.status.code, file: failure.file, line: failure.lineInFile, message: failure.message)
    }
}
