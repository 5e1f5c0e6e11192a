/// Where a block stands in the input: which file, and which of its blocks. Ordered as the input is read.
public struct BlockPosition: Hashable, Comparable, Sendable {
    /// The index in the list of inputs.
    public var file: Int
    /// The block's number in the file, from 0.
    public var ordinal: Int

    public init(file: Int, ordinal: Int) {
        self.file = file
        self.ordinal = ordinal
    }

    public static func < (left: BlockPosition, right: BlockPosition) -> Bool {
        (left.file, left.ordinal) < (right.file, right.ordinal)
    }
}
