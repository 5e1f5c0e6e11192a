import Gyre

/// A grid of rows × columns vertices, numbered row by row, each with an edge to its right and to its lower neighbour.
///
/// One direction an edge: read it as undirected for the four-neighbourhood. Edges come in the order of their sources, the
/// one to the right first.
public struct GridGraph: GeneratedGraph {
    public let rows: Int
    public let columns: Int
    public let isWeighted: Bool

    public var vertexCount: Int { rows * columns }
    public var edgeCount: Int { rows * (columns - 1) + (rows - 1) * columns }

    private let weights: EdgeWeights

    /// The sides that can be asked for.
    public static let sides = 1...1_073_741_824

    public init(rows: Int, columns: Int, weights: Bool = false, seed: UInt64 = 0) {
        precondition(Self.sides ~= rows, "rows is \(rows), expected \(Self.sides)")
        precondition(Self.sides ~= columns, "columns is \(columns), expected \(Self.sides)")
        self.rows = rows
        self.columns = columns
        isWeighted = weights
        self.weights = EdgeWeights(random: CounterRandom(seed: seed))
    }

    public func edge(at number: Int) -> GeneratedEdge {
        precondition(0..<edgeCount ~= number, "edge \(number) of \(edgeCount)")
        let (source, isDown) = place(of: number)
        return GeneratedEdge(
            source: Int64(source), target: Int64(isDown ? source + columns : source + 1),
            weight: isWeighted ? weights.weight(at: number) : 1)
    }

    /// All rows but the last have two edges a vertex, but one at the right border; the last has those to the right.
    @inline(__always)
    private func place(of number: Int) -> (source: Int, isDown: Bool) {
        let edgesOfRow = 2 * columns - 1
        let row = min(number / edgesOfRow, rows - 1)
        let rest = number - row * edgesOfRow
        if row == rows - 1 { return (row * columns + rest, false) }
        return (row * columns + rest / 2, rest % 2 == 1 || rest == edgesOfRow - 1)
    }
}
