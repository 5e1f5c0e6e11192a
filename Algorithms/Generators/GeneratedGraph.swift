public import Gyre

/// An edge that a generator made.
public struct GeneratedEdge: Equatable, Sendable, Codable {
    public var source: Int64
    public var target: Int64
    /// 1 where the graph has no weights.
    public var weight: Int64

    public init(source: Int64, target: Int64, weight: Int64 = 1) {
        self.source = source
        self.target = target
        self.weight = weight
    }
}

/// A graph whose edges are numbered, each a pure function of its number: the same at any parallelism, and in parts.
public protocol GeneratedGraph: Sendable {
    /// The vertices are 0 ..< `vertexCount`, those without edges included.
    var vertexCount: Int { get }
    var edgeCount: Int { get }
    /// Whether the weights say something; else all are 1.
    var isWeighted: Bool { get }
    /// The edge of a number from 0 to `edgeCount` − 1.
    func edge(at number: Int) -> GeneratedEdge
}

extension GeneratedGraph {
    /// The edges as a stream: a contiguous share of the numbers a worker, in order.
    public func edges(in job: Job) -> DataStream<GeneratedEdge> {
        job.generate(count: edgeCount, name: "\(Self.self)") { edge(at: $0) }
    }
}

/// Integer weights from 1 to 255, drawn evenly for the edge of a number.
struct EdgeWeights: Sendable {
    /// What `CounterRandom` draws here and nowhere else.
    private static let purpose: UInt32 = 0x5745_4947

    let random: CounterRandom

    /// A quarter of a block an edge: neighbours share one.
    @inline(__always)
    func weight(at number: Int) -> Int64 {
        let words = random.block(row: UInt64(number / 4), purpose: Self.purpose)
        return Int64(1 + (UInt64(words[number % 4]) * 255) >> 32)
    }
}
