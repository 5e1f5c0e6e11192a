import Gyre
import GyreFormats

/// Writes rows in their order, formatted by all workers.
///
/// Chunks of rows are dealt to the workers by a job, a window of chunks at a time, so that memory stays bounded however
/// many rows there are. What a chunk holds does not depend on the workers, nor do the bytes.
struct OrderedText {
    let rowCount: Int
    /// Fewer for wide rows, so that a chunk stays below a few MiB.
    var rowsInChunk = 1 << 14
    /// Appends a range of rows.
    let format: @Sendable (Range<Int>, TextBuffer) -> Void

    func write(to output: OutputFile, in session: Session, showsProgress: Bool = false) throws {
        let chunkCount = (rowCount + rowsInChunk - 1) / rowsInChunk
        let window = max(32, 4 * session.parallelism)
        let configuration = session.configuration()
        for first in stride(from: 0, to: chunkCount, by: window) {
            let last = min(first + window, chunkCount)
            let job = Job("write")
            let texts = job.generate(count: last - first, name: "format") { [rowCount, rowsInChunk, format] number in
                let start = (first + number) * rowsInChunk
                let rows = start..<min(start + rowsInChunk, rowCount)
                let text = TextBuffer(capacity: 24 * rows.count)
                format(rows, text)
                return text
            }.collect()
            try job.run(configuration)
            for text in texts.elements { try output.write(text) }
            if showsProgress {
                progress(session, done: min(last * rowsInChunk, rowCount))
            }
        }
    }

    private func progress(_ session: Session, done: Int) {
        session.progress.show { ProgressLine.rows(done, of: rowCount, seconds: $0) }
    }
}
