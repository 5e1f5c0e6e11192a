import Gyre

/// R-MAT: a random graph with the skewed degrees and the communities of real ones.
///
/// Chakrabarti, Zhan and Faloutsos, "R-MAT: a recursive model for graph mining" (SDM 2004). Each edge picks one quadrant
/// of the adjacency matrix, a quadrant of that, and so on, with probabilities 0.57, 0.19, 0.19 and 0.05. The vertices
/// are renumbered by a permutation drawn from the seed, so that a number tells nothing of a degree. Repeated edges and
/// self-loops are kept; many vertices have no edge.
public struct RandomMatrixGraph: GeneratedGraph {
    /// There are 2^scale vertices.
    public let scale: Int
    /// There are edgeFactor × 2^scale edges.
    public let edgeFactor: Int
    public let isWeighted: Bool

    public var vertexCount: Int { 1 << scale }
    public var edgeCount: Int { edgeFactor << scale }

    private let random: CounterRandom
    private let shuffle: VertexShuffle

    /// The scales that can be asked for; beyond, no machine holds the graph.
    public static let scales = 0...40
    /// The edge factors that can be asked for.
    public static let edgeFactors = 1...65_536

    public init(scale: Int, edgeFactor: Int = 16, weights: Bool = false, seed: UInt64 = 0) {
        precondition(Self.scales ~= scale, "scale is \(scale), expected \(Self.scales)")
        precondition(Self.edgeFactors ~= edgeFactor, "edge factor is \(edgeFactor), expected \(Self.edgeFactors)")
        self.scale = scale
        self.edgeFactor = edgeFactor
        isWeighted = weights
        random = CounterRandom(seed: seed)
        shuffle = VertexShuffle(bits: scale, random: random)
    }

    /// About 50 ns at scale 20: a block of random words gives four levels.
    public func edge(at number: Int) -> GeneratedEdge {
        precondition(0..<edgeCount ~= number, "edge \(number) of \(edgeCount)")
        var source: UInt64 = 0
        var target: UInt64 = 0
        // Whole blocks, of which the levels beyond the scale are dropped again: no branch depends on the numbers.
        let blocks = (scale + 3) / 4
        for draw in 0..<blocks {
            let words = random.block(row: UInt64(number), draw: UInt32(draw))
            Self.descend(words.x, &source, &target)
            Self.descend(words.y, &source, &target)
            Self.descend(words.z, &source, &target)
            Self.descend(words.w, &source, &target)
        }
        let beyond = UInt64(4 * blocks - scale)
        source >>= beyond
        target >>= beyond
        return GeneratedEdge(
            source: Int64(shuffle(source)), target: Int64(shuffle(target)),
            weight: isWeighted ? EdgeWeights(random: random).weight(at: number) : 1)
    }

    /// Picks the upper or lower half of the rows and the left or right one of the columns by a random word: the four
    /// quadrants have 0.57, 0.19, 0.19 and 0.05 of 2^32.
    @inline(__always)
    private static func descend(_ word: UInt32, _ source: inout UInt64, _ target: inout UInt64) {
        let down: UInt64 = word >= 3_264_175_145 ? 1 : 0
        let isBeyondFirst: UInt64 = word >= 2_448_131_359 ? 1 : 0
        let isLast: UInt64 = word >= 4_080_218_931 ? 1 : 0
        source = source << 1 | down
        target = target << 1 | (isBeyondFirst ^ down) | isLast
    }
}
