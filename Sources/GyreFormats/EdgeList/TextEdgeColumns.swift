/// Bytes of a block: where an identifier stands.
public struct TextRange: Equatable, Sendable {
    /// From the block's first byte.
    public var offset: UInt32
    public var count: UInt32
}

/// Edges with textual identifiers: ranges of the block they were parsed from, so valid only as long as that block is
/// not given back. Valid UTF-8, no NUL bytes, never empty.
public struct TextEdgeColumns: Sendable {
    public internal(set) var sources: [TextRange] = []
    public internal(set) var targets: [TextRange] = []
    /// Parallel to the others; empty unless asked for.
    public internal(set) var weights: [Double] = []
    public let hasWeights: Bool

    public init(hasWeights: Bool) {
        self.hasWeights = hasWeights
    }

    public var count: Int { sources.count }

    /// Forgets the edges, keeps the memory.
    public mutating func removeAll() {
        sources.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
    }

    mutating func append(source: TextRange, target: TextRange, weight: Double) {
        sources.append(source)
        targets.append(target)
        if hasWeights { weights.append(weight) }
    }
}

extension TextBlock {
    /// The bytes of a range; valid as long as the block is not given back.
    public func bytes(_ range: TextRange) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + Int(range.offset), count: Int(range.count))
    }
}
