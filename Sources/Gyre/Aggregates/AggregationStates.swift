/// The states of two aggregations over the same rows.
public struct TwoStates<First: Sendable & Codable, Second: Sendable & Codable>: Sendable, Codable {
    @usableFromInline var first: First
    @usableFromInline var second: Second

    @inlinable
    init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }
}

extension Aggregation {
    /// This and another in one pass.
    @inlinable @inline(__always)
    func and<OtherState, OtherResult>(
        _ other: Aggregation<Row, OtherState, OtherResult>
    ) -> Aggregation<Row, TwoStates<State, OtherState>, (Result, OtherResult)> {
        let (firstUpdate, firstMerge, firstFinish) = (update, merge, finish)
        let (secondUpdate, secondMerge, secondFinish) = (other.update, other.merge, other.finish)
        return Aggregation<Row, TwoStates<State, OtherState>, (Result, OtherResult)>(
            TwoStates(initial, other.initial),
            update: { states, row in
                try firstUpdate(&states.first, row)
                try secondUpdate(&states.second, row)
            },
            merge: { states, others in
                try firstMerge(&states.first, others.first)
                try secondMerge(&states.second, others.second)
            },
            finish: { (try firstFinish($0.first), try secondFinish($0.second)) })
    }
}
