public import GyreOperators

/// A vertex program in three steps: what a vertex gathers over each edge, how that is summed, and what it makes
/// of the sum.
///
/// A program is a small value type, so that the compiler writes its steps into the engine's inner loop. It runs
/// on the kernel's dense iteration: in each round every vertex reads what its neighbours showed in the round
/// before, and nobody sees a value of the same round.
///
/// Rounds: `initial` and `message` make round 0. In round r each vertex gathers over its incoming edges (of
/// an undirected graph: all), sums in the order of the row by four interleaved partial sums, and applies. The
/// result is the same at any parallelism, bit for bit, and in message form.
public protocol GatherSumApply: Sendable, SendableMetatype {
    /// What a vertex is in the end.
    associatedtype Value: BitwiseCopyable & Sendable & Codable
    /// What a vertex shows its neighbours.
    associatedtype Message: BitwiseCopyable & Sendable & Codable
    /// What is gathered and summed.
    associatedtype Sum: BitwiseCopyable & Sendable & Codable
    /// What edges carry.
    associatedtype Edge: EdgeValue
    /// What is reduced over all vertices in a round, and readable in the next.
    associatedtype Summary: RoundReduction

    /// The sum of nothing.
    var zero: Sum { get }
    /// The value a vertex starts with.
    func initial(_ vertex: Vertex) -> Value
    /// What a vertex with this value shows its neighbours.
    func message(_ value: Value, of vertex: Vertex) -> Message
    /// What comes over an edge.
    func gather(_ message: Message, over edge: Edge) -> Sum
    /// Adds two sums. Associative, but for rounding.
    func sum(_ left: Sum, _ right: Sum) -> Sum
    /// The new value of a vertex; `previous` is what the round before was reduced to.
    func apply(_ sum: Sum, to value: Value, of vertex: Vertex, previous: Summary) -> Value
    /// Adds a vertex to the reduction: its value before the round (the same in round 0) and after.
    func summarise(_ value: Value, before: Value, of vertex: Vertex, into summary: inout Summary)
    /// Whether the loop is over; asked after each round.
    func isConverged(_ summary: Summary) -> Bool
}

extension GatherSumApply {
    @inlinable
    public func isConverged(_ summary: Summary) -> Bool { false }
}

/// What the vertices of a round are reduced to: made in fixed chunks and combined in their order.
public protocol RoundReduction: BitwiseCopyable, Sendable, Codable {
    /// The reduction of no vertices.
    static var zero: Self { get }
    /// Adds the reduction of the vertices behind.
    mutating func add(_ other: Self)
    /// The numbers for reports, by name.
    var figures: [String: Double] { get }
}

/// A vertex as programs see it; what a program does not ask for costs nothing.
public struct Vertex {
    /// The vertex's number in the engine.
    public let number: Int
    @usableFromInline let vertices: VertexTable

    @inlinable
    init(number: Int, vertices: VertexTable) {
        self.number = number
        self.vertices = vertices
    }

    /// How many edges leave it.
    @inlinable
    public var outDegree: Int { Int(vertices.outDegrees[number]) }
    /// How many edges enter it.
    @inlinable
    public var inDegree: Int { Int(vertices.inDegrees[number]) }
    /// Its place in the order of identifiers.
    @inlinable
    public var position: Int { vertices.positions.map { Int($0[number]) } ?? number }
    /// How many vertices the graph has.
    @inlinable
    public var vertexCount: Int { vertices.count }
}

/// Where what programs may ask of a vertex lies.
@usableFromInline
struct VertexTable {
    @usableFromInline let count: Int
    @usableFromInline let outDegrees: UnsafePointer<UInt32>
    @usableFromInline let inDegrees: UnsafePointer<UInt32>
    @usableFromInline let positions: UnsafePointer<UInt32>?

    @inlinable
    init<Edge>(_ graph: Graph<Edge>) {
        count = graph.vertexCount
        outDegrees = UnsafePointer(graph.outDegrees.base)
        inDegrees = UnsafePointer(graph.inDegrees.base)
        positions = graph.positionOfNumber.map { UnsafePointer($0.base) }
    }
}

/// A vertex, by its position in the order of identifiers, and what a program made of it.
public struct VertexValue<Value: BitwiseCopyable & Sendable & Codable>: BitwiseCopyable, Sendable, Codable {
    public var position: UInt32
    public var value: Value

    @inlinable
    public init(position: UInt32, value: Value) {
        self.position = position
        self.value = value
    }
}
