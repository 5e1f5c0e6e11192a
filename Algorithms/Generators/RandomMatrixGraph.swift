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
        var level = 0
        while level < scale {
            let words = random.block(row: UInt64(number), draw: UInt32(level / 4))
            let last = min(scale - level, 4)
            for index in 0..<last {
                let (down, right) = Self.quadrant(words[index])
                source = source << 1 | down
                target = target << 1 | right
            }
            level += last
        }
        return GeneratedEdge(
            source: Int64(shuffle(source)), target: Int64(shuffle(target)),
            weight: isWeighted ? EdgeWeights(random: random).weight(at: number) : 1)
    }

    /// Which half of the rows and of the columns a random word picks: 0.57, 0.19, 0.19 and 0.05 of 2^32. Without
    /// branches, since no processor foresees them.
    @inline(__always)
    private static func quadrant(_ word: UInt32) -> (down: UInt64, right: UInt64) {
        let a: UInt32 = 2_448_131_359
        let ab: UInt32 = 3_264_175_145
        let abc: UInt32 = 4_080_218_931
        let down: UInt64 = word >= ab ? 1 : 0
        let beyondA: UInt64 = word >= a ? 1 : 0
        let beyondC: UInt64 = word >= abc ? 1 : 0
        return (down, (beyondA ^ down) | beyondC)
    }
}
