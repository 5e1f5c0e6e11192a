public import Gyre
import GyreColumns
import GyreOperators
import GyrePlan

extension Graph {
    /// Replaces the number of a group, which is the number of one of its vertices, by the least position of any
    /// vertex of the group.
    ///
    /// A dense iteration of one round: round 0 lowers each group's least position in place, round 1 reads it.
    public func smallestPositions(
        ofGroups groups: DataStream<VertexValue<UInt32>>, in job: Job, name: String
    ) -> DataStream<VertexValue<UInt32>> {
        let count = vertexCount
        let (column, stored) = groups.storing(ofVertices: count)
        let graph = self
        return denseIteration(
            in: job, maximum: 1, name: name, stepKind: "groupMinimum", mode: "in place", after: stored
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
        for number in 0..<count { least.base[number] = .max }
        claims = ChunkClaims(workers: workers)
    }

    private func range(_ chunk: Int) -> Range<Int> { chunk * Self.chunk..<min(count, (chunk + 1) * Self.chunk) }

    var step: DenseStep {
        DenseStep(
            claims: claims, chunkCount: (count + Self.chunk - 1) / Self.chunk,
            initialise: { [self] chunk, _ in
                for position in range(chunk) {
                    let group = Int(groups.values.base[position])
                    _ = UInt32.lower(least.base + group, to: UInt32(position))
                }
            },
            compute: { _, _, _ in },
            endRound: { [self] round in
                RoundSummary(aggregates: [ConvergenceFlag.name: false], workset: round == 0 ? count : 0)
            },
            result: { [self] chunk in
                let batch = RowBatch<VertexValue<UInt32>>(capacity: Self.chunk)
                for position in range(chunk) {
                    batch.append(
                        VertexValue(
                            position: UInt32(position), value: least.base[Int(groups.values.base[position])]))
                }
                return batch
            })
    }
}
