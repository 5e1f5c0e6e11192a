import GyreGraphs

/// PageRank written again, on what the products offer to everybody.
struct OwnPageRank: GatherSumApply {
    struct Mass: RoundReduction {
        var moved: Double
        var dangling: Double

        static var zero: Mass { Mass(moved: 0, dangling: 0) }

        mutating func add(_ other: Mass) {
            moved += other.moved
            dangling += other.dangling
        }

        var figures: [String: Double] { ["moved": moved] }
    }

    let damping: Double

    var zero: Double { 0 }

    func initial(_ vertex: Vertex) -> Double { 1 / Double(vertex.vertexCount) }

    func message(_ value: Double, of vertex: Vertex) -> Double {
        vertex.outDegree == 0 ? 0 : value / Double(vertex.outDegree)
    }

    func gather(_ message: Double, over edge: Unweighted) -> Double { message }

    func sum(_ left: Double, _ right: Double) -> Double { left + right }

    func apply(_ sum: Double, to value: Double, of vertex: Vertex, previous: Mass) -> Double {
        let count = Double(vertex.vertexCount)
        return (1 - damping) / count + damping * (sum + previous.dangling / count)
    }

    func summarise(_ value: Double, before: Double, of vertex: Vertex, into summary: inout Mass) {
        summary.moved += abs(value - before)
        if vertex.outDegree == 0 { summary.dangling += value }
    }
}
