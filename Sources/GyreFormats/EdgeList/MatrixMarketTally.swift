import Synchronization

/// Compares the entries of Matrix Market files with the number each of them states. Safe to use from any thread.
///
/// Every block's entries are counted, whatever happened to them: a rejected one is there too.
public final class MatrixMarketTally: Sendable {
    private let found = Mutex<[Int: Int64]>([:])

    public init() {}

    /// Adds one block's entries; other dialects are ignored.
    public func record(_ block: EdgeBlock) {
        guard case .matrixMarket = block.dialect else { return }
        let text = block.text
        let end = UnsafePointer(text.base + text.count)
        var cursor = UnsafePointer(text.base + text.bodyOffset)
        var entries: Int64 = 0
        while cursor < end {
            let line = TextLine.at(cursor, end: end)
            if !TextLine.isBlankOrComment(TextLine.trimmed(line)) { entries += 1 }
            cursor += line.count + 1
        }
        found.withLock { $0[text.position.file, default: 0] += entries }
    }

    /// Throws when a file has fewer or more entries than its header states; to be called when all its blocks are
    /// recorded.
    public func check(_ header: MatrixMarketHeader, of file: Int, named path: String) throws(FormatError) {
        let entries = found.withLock { $0[file] ?? 0 }
        if entries != header.entries {
            let defect = RecordDefect.matrixEntries(stated: header.entries, found: entries)
            throw .badRecord(BadRecord(file: path, line: 0, defect: defect))
        }
    }
}
