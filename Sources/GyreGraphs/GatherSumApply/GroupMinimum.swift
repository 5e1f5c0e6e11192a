public import Gyre
import GyreColumns
import GyreOperators
import GyrePlan

extension Graph {
    /// Replaces the number of a group, which is the number of one of its vertices, by the least position of any
    /// vertex of the group.
    ///
    /// A dense iteration of one round, which lowers each group's least position in place. A checkpoint does not hold it,
    /// since making it again is cheaper than reading it.
    public func smallestPositions(
        ofGroups groups: DataStream<VertexValue<UInt32>>, in job: Job, name: String
    ) -> DataStream<VertexValue<UInt32>> {
        let count = vertexCount
        let (column, stored) = groups.storing(ofVertices: count)
        let graph = self
        return denseIteration(
            in: job, maximum: 1, name: name, stepKind: "groupMinimum", mode: "in place", after: stored,
            keepsState: false
        ) { workers in
            GroupMinimum(groups: column, graph: graph, count: count, workers: workers).step
        }
    }
}

/// The least position of each group.
private final class GroupMinimum<Edge: EdgeValue>: Sendable {
    private let groups: VertexColumn<UInt32>
    private let graph: Graph<Edge>
    private let least: SharedVector<UInt32>
    private let claims: ChunkClaims
    private let count: Int
    private static var chunk: Int { 4096 }

    init(groups: VertexColumn<UInt32>, graph: Graph<Edge>, count: Int, workers: Int) {
        self.groups = groups
        self.graph = graph
        self.count = count
        least = SharedVector(count: count)
        claims = ChunkClaims(workers: workers)
    }

    private func range(_ chunk: Int) -> Range<Int> { chunk * Self.chunk..<min(count, (chunk + 1) * Self.chunk) }

    private var chunkCount: Int { (count + Self.chunk - 1) / Self.chunk }

    var step: DenseStep {
        DenseStep(
            claims: claims, chunkCount: chunkCount,
            initialise: { [self] chunk, _ in
                let (least, range) = (least.base, range(chunk))
                // A group's own vertex counts from the start, so that a group of one is done.
                if let positions = graph.positionOfNumber?.base {
                    (least + range.lowerBound).update(from: positions + range.lowerBound, count: range.count)
                } else {
                    for number in range { least[number] = UInt32(truncatingIfNeeded: number) }
                }
            },
            compute: { [self] chunk, _, _ in
                let (least, groups, numbers) = (least.base, groups.values.base, graph.numberOfPosition?.base)
                for position in range(chunk) {
                    let place = UInt32(truncatingIfNeeded: position)
                    let group = groups[position]
                    if group != numbers?[position] ?? place { _ = UInt32.lower(least + Int(group), to: place) }
                }
            },
            endRound: { [self] round in
                if round == 0 { claims.begin(count: chunkCount) }
                return RoundSummary(aggregates: [DenseConvergence.name: false], workset: round == 0 ? count : 0)
            },
            result: { [self] chunk in
                let (least, groups, range) = (least.base, groups.values.base, range(chunk))
                let batch = RowBatch<VertexValue<UInt32>>(capacity: Self.chunk)
                let rows = batch.rows
                for (row, position) in range.enumerated() {
                    (rows + row).initialize(
                        to: VertexValue(
                            position: UInt32(truncatingIfNeeded: position), value: least[Int(groups[position])]))
                }
                batch.count = range.count
                return batch
            })
    }
}
