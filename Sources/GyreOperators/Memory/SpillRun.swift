import GyreColumns

/// Rows on disk, in the order in which they were written: frames in a file that other runs may share.
public struct SpillRun {
    struct Frame {
        var offset: Int
        var byteCount: Int
        var rows: Int
        var hasHashes: Bool
    }

    let file: any SpillFile
    let elements: ElementType
    var frames: [Frame] = []
    /// How many rows there are.
    public private(set) var count = 0
    /// How many bytes they take on disk.
    public private(set) var byteCount = 0

    /// Bytes that reading the run takes, at most: a frame as it is on disk, and its rows, which are taken to own as many
    /// bytes elsewhere as they have there.
    var readerBytes: Int {
        frames.reduce(0) { most, frame in
            let owned = elements.isTrivial ? 0 : 2 * frame.byteCount
            return max(most, frame.byteCount + owned + frame.rows * elements.stride)
        }
    }
    /// Rows of the largest frame.
    var frameRows: Int { frames.reduce(0) { max($0, $1.rows) } }

    /// How many batches a reader makes of them.
    var frameCount: Int { frames.count }

    /// What is left behind the given number of frames.
    func dropping(frames read: Int) -> SpillRun {
        var rest = SpillRun(file: file, elements: elements)
        for frame in frames.dropFirst(read) { rest.add(frame) }
        return rest
    }

    mutating func add(_ frame: Frame) {
        frames.append(frame)
        count += frame.rows
        byteCount += frame.byteCount
    }
}
