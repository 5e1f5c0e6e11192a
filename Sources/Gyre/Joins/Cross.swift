public import GyreColumns
public import GyreOperators
public import GyrePlan

/// Which side of a cross product every worker keeps whole.
public enum CrossHint: Sendable {
    /// The rows of the stream that is passed as the argument.
    case keepOther
    /// The rows of the stream that `cross` is called on.
    case keepSelf
}

extension DataStream where Element: Codable {
    /// Combines every row with every row of another stream.
    ///
    /// One side is given to every worker and kept there, on disk as far as memory does not hold it; the rows of
    /// the other stay where they are and pass it. Keep the smaller one.
    ///
    /// - Parameter hint: which side is kept.
    @inlinable @inline(__always)
    public func cross<Other: Sendable & Codable, Out: Sendable>(
        _ other: DataStream<Other>, hint: CrossHint = .keepOther, name: String? = nil,
        _ combine: @escaping @Sendable (Element, Other) throws -> Out
    ) -> DataStream<Out> {
        switch hint {
        case .keepOther: pass(other, name: name, combine)
        case .keepSelf: other.pass(self, name: name) { try combine($1, $0) }
        }
    }

    @inlinable @inline(__always)
    func pass<Kept: Sendable & Codable, Out: Sendable>(
        _ kept: DataStream<Kept>, name: String?, _ combine: @escaping @Sendable (Element, Kept) throws -> Out
    ) -> DataStream<Out> {
        let kernel: CrossOperator<Element, Kept, Out>.Kernel = { rows, count, kept, keptCount, cursor, out, capacity in
            var made = 0
            while cursor.passing < count {
                while cursor.kept < keptCount {
                    if made == capacity { return made }
                    do { (out + made).initialize(to: try combine(rows[cursor.passing], kept[cursor.kept])) } catch {
                        out.deinitialize(count: made)
                        throw RecordError(rows[cursor.passing], error)
                    }
                    made &+= 1
                    cursor.kept &+= 1
                }
                cursor.kept = 0
                cursor.passing &+= 1
            }
            return made
        }
        let main = replayed(inTheLoopOf: kept)
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "cross", name: name,
                inputs: [PlanBuilder.Input(main.output, main.towardsAll), PlanBuilder.Input(kept.output, .broadcast)],
                outputs: [.rows(of: Out.self)],
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    CrossOperator(
                        rows: (.encodableRows(of: Element.self), .encodableRows(of: Kept.self)), kernel: kernel)
                }))
    }
}
