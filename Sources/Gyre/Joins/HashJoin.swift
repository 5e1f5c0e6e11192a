public import GyreColumns
public import GyreOperators
public import GyrePlan

/// Where the rows of a join meet.
public enum JoinStrategy: String, Sendable {
    /// Both sides are dealt by key.
    case repartition
    /// The second side goes to every worker, the first stays where it is. For a small second side.
    case broadcast
}

extension KeyedStream where Element: Codable, K: Codable {
    /// Every pair of rows with equal keys, as `combine` makes of it.
    ///
    /// The second side is built into a hash table first, then the first side probes it; in a loop, the side
    /// that is constant is built, once. Rows come in the order of the probe side; matches of one row in the
    /// order of the build side on its worker.
    ///
    /// - Complexity: one exchange of each side (of the second only, when broadcast); the build side is held
    ///   in memory.
    @inlinable @inline(__always)
    public func join<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, strategy: JoinStrategy = .repartition, name: String? = nil,
        _ combine: @escaping @Sendable (Element, Other) throws -> Out
    ) -> DataStream<Out> {
        let builder = stream.job.builder
        // A constant side cannot probe: it is read once, and a loop asks in every round.
        if builder.loop(of: stream.output) == nil, builder.loop(of: other.stream.output) != nil {
            return other.probe(self, strategy: strategy, name: name) { try combine($1, $0) }
        }
        return probe(other, strategy: strategy, name: name, combine)
    }

    @inlinable @inline(__always)
    func probe<Build: Sendable & Codable, Out: Sendable>(
        _ build: KeyedStream<Build, K>, strategy: JoinStrategy, name: String?,
        _ combine: @escaping @Sendable (Element, Build) throws -> Out
    ) -> DataStream<Out> {
        let probeKey = key
        let buildKey = build.key
        let kernel: HashJoinOperator<Element, K, Build, Out>.Kernel = {
            rows, count, hashes, table, cursor, out, capacity in
            var made = 0
            // The row that a closure is being given, for its error.
            var current = Swift.max(0, cursor.row &- 1)
            while true {
                do {
                    if let match = cursor.match {
                        guard made < capacity else { return made }
                        if let next = table.match(after: match) {
                            (out + made).initialize(to: try combine(rows[cursor.row &- 1], next.row.pointee))
                            made &+= 1
                            cursor.match = next.number
                        } else {
                            cursor.match = nil
                        }
                        continue
                    }
                    guard cursor.row < count, made < capacity else { return made }
                    current = cursor.row
                    let rowKey = try probeKey(rows[current])
                    let hash = hashes?[cursor.row] ?? rowKey.keyHash
                    cursor.row &+= 1
                    if let first = table.firstMatch(rowKey, hash: hash) {
                        (out + made).initialize(to: try combine(rows[cursor.row &- 1], first.row.pointee))
                        made &+= 1
                        cursor.match = first.number
                    }
                } catch {
                    out.deinitialize(count: made)
                    throw RecordError(rows[current], error)
                }
            }
        }
        let probeEdge =
            strategy == .broadcast
            ? PlanBuilder.Input(stream.output, stream.towardsAll) : exchange
        let buildEdge =
            strategy == .broadcast
            ? PlanBuilder.Input(build.stream.output, .broadcast) : build.exchange
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: strategy == .broadcast ? "broadcastJoin" : "hashJoin", name: name,
                parameters: [.init("key", keyName)], inputs: [probeEdge, buildEdge],
                outputs: [.rows(of: Out.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    HashJoinOperator(
                        rows: (.encodableRows(of: Element.self), .encodableRows(of: Build.self)),
                        insert: { batch, table in
                            try table.insert(batch) { row in
                                do { return try buildKey(row) } catch { throw RecordError(row, error) }
                            }
                        }, kernel: kernel)
                }))
    }
}
