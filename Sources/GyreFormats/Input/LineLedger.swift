import Synchronization

/// Turns a line's number in its block into its number in the file, when blocks are parsed in any order.
///
/// Safe to use from any thread; one lock per block. Memory: one integer a block.
public final class LineLedger: Sendable {
    private struct File {
        /// Lines of each block, by ordinal; −1 where not known yet.
        var counts: [Int] = []
        var blocks: Int?
    }

    private let files = Mutex<[Int: File]>([:])

    public init() {}

    /// States how many lines a block holds, its header's included. Stating it twice replaces the first.
    public func record(_ position: BlockPosition, lines: Int, isLastOfFile: Bool) {
        files.withLock { files in
            var file = files[position.file] ?? File()
            while file.counts.count <= position.ordinal { file.counts.append(-1) }
            file.counts[position.ordinal] = lines
            if isLastOfFile { file.blocks = position.ordinal + 1 }
            files[position.file] = file
        }
    }

    /// The line in the file, from 1, of a block's local line, from 1; nil while an earlier block of the file is not
    /// known.
    public func line(_ position: BlockPosition, localLine: Int) -> Int? {
        files.withLock { files in
            let counts = files[position.file]?.counts ?? []
            guard counts.count >= position.ordinal else { return nil }
            let earlier = counts[..<position.ordinal]
            return earlier.contains(-1) ? nil : earlier.reduce(localLine, +)
        }
    }

    /// Whether every block before `position` has been recorded, in this file and in all files before it. Once that
    /// holds, the smallest defect found so far before `position` is the first of the input.
    public func isComplete(before position: BlockPosition) -> Bool {
        files.withLock { files in
            for index in 0..<position.file {
                guard let file = files[index], file.blocks == file.counts.count, !file.counts.contains(-1) else {
                    return false
                }
            }
            let counts = files[position.file]?.counts ?? []
            return counts.count >= position.ordinal && !counts[..<position.ordinal].contains(-1)
        }
    }
}
