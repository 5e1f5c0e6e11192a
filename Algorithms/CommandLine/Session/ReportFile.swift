import Foundation
import GyreFormats
import Synchronization

/// The file of a report: opened before the work starts, so that a folder that is missing is told then, and written by
/// whichever thread ends the run.
final class ReportFile: Sendable {
    private let file: Mutex<OutputFile>
    let temporaryPath: String?

    init(path: String) throws {
        let output = try OutputFile(path: path)
        temporaryPath = output.temporaryPath
        file = Mutex(output)
    }

    func write(_ report: Report) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(report), as: UTF8.self)
        try file.withLock { file in
            let text = TextBuffer()
            text.append(json + "\n")
            try file.write(text)
            try file.commit()
        }
    }
}
