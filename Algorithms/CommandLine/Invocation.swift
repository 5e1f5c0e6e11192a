import ArgumentParser
import Foundation
import GyreFormats

/// From the words of a command line to an exit code.
enum Invocation {
    static func run(_ arguments: [String]) -> Int32 {
        // A reader that goes away shows as an error of writing.
        signal(SIGPIPE, SIG_IGN)
        // A file beyond the limit of sizes does too.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try Gyre.parseAsRoot(arguments)
            if let command = command as? any WorkingCommand { return Session.run(command) }
            try command.run()
            return ExitStatus.success.code
        } catch {
            return conclude(error)
        }
    }

    /// Help and the version are "errors" to the parser too.
    private static func conclude(_ error: any Error) -> Int32 {
        guard Gyre.exitCode(for: error).isSuccess else {
            return report(Failure(status: .usage, message: UsageText.oneLine(Gyre.message(for: error))))
        }
        do {
            let output = try OutputFile(path: nil)
            let text = TextBuffer()
            text.append(Gyre.fullMessage(for: error) + "\n")
            try output.write(text)
            try output.commit()
            return ExitStatus.success.code
        } catch {
            return report(Failure(error))
        }
    }

    private static func report(_ failure: Failure) -> Int32 {
        if let line = failure.line { StandardError.write(line) }
        return failure.status.code
    }
}
