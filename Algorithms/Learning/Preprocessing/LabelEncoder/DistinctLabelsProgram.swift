import Gyre
import GyreLearning

/// The distinct labels in their order, in one round.
struct DistinctLabelsProgram: TrainingProgram {
    let table: FeatureTable

    var identity: [String: String] { [:] }

    func initialState() -> [LabelValue] { [] }

    func partByteCount(rows: Int) -> Int { 0 }

    func makePart(for chunk: TrainingChunk) -> ChunkValue<Set<LabelValue>> { ChunkValue([]) }

    func compute(
        _ chunk: TrainingChunk, _ part: ChunkValue<Set<LabelValue>>, _ state: [LabelValue], round: Int,
        scratch: Nothing
    ) throws {
        var found: Set<LabelValue> = []
        for block in chunk.pieces {
            switch block.labels {
            case nil: throw LearningError.noLabel
            case .numbers(let values)?:
                for value in values {
                    guard value.isFinite else {
                        throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "label-encoder", round: 1)
                    }
                    found.insert(.number(value))
                }
            case .texts(let values)?: for value in values { found.insert(.text(value)) }
            }
        }
        part.value = found
    }

    func endRound(
        _ parts: [ChunkValue<Set<LabelValue>>], _ state: inout [LabelValue], round: Int
    ) -> TrainingRound {
        state = parts.reduce(into: Set()) { $0.formUnion($1.value) }.sorted()
        return TrainingRound(figures: ["labels": Double(state.count)], isConverged: true)
    }
}
