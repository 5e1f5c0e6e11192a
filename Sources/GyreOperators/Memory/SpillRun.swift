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
