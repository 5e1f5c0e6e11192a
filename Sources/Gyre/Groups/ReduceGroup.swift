public import GyreColumns
public import GyreOperators
public import GyrePlan

extension SortedGroups where Element: Codable {
    /// Makes one row of the rows of each key; they are read in the order that `sortGroup` has given.
    ///
    /// See `KeyedStream.reduceGroup`.
    @inlinable @inline(__always)
    public func reduceGroup<Out: Sendable>(
        name: String? = nil, _ reduce: @escaping @Sendable (K, GroupRows<Element, K>) throws -> Out
    ) -> DataStream<Out> {
        groups(kind: "reduceGroup", name: name, edge: keyed.exchange, parallelism: .all, parameters: parameters) {
            try $2.emit(reduce($0, $1))
        }
    }

    /// Makes any number of rows of the rows of each key; they are read in the order that `sortGroup` has given.
    ///
    /// See `KeyedStream.reduceGroup`. What one group emits is not held back.
    @inlinable @inline(__always)
    public func reduceGroup<Out: Sendable>(
        of type: Out.Type, name: String? = nil,
        _ reduce: @escaping @Sendable (K, GroupRows<Element, K>, inout Emitter<Out>) throws -> Void
    ) -> DataStream<Out> {
        groups(
            kind: "reduceGroup", name: name, edge: keyed.exchange, parallelism: .all, parameters: parameters, reduce)
    }

    /// The first `count` rows of each key in the order that `sortGroup` has given.
    ///
    /// - Complexity: as `reduceGroup`.
    @inlinable @inline(__always)
    public func firstInGroup(_ count: Int, name: String? = nil) -> DataStream<Element> {
        precondition(count >= 0, "firstInGroup(\(count)), expected at least 0 rows")
        return groups(
            kind: "firstInGroup", name: name, edge: keyed.exchange, parallelism: .all,
            parameters: parameters + [.init("count", "\(count)")]
        ) { _, rows, emitter in
            var left = count
            while left > 0, let row = rows.next() {
                emitter.emit(row)
                left -= 1
            }
        }
    }

    @inlinable @inline(__always)
    func groups<Out: Sendable>(
        kind: String, name: String?, edge: PlanBuilder.Input, parallelism: Parallelism,
        parameters: [NodeDescription.Parameter],
        _ reduce: @escaping @Sendable (K, GroupRows<Element, K>, inout Emitter<Out>) throws -> Void
    ) -> DataStream<Out> {
        let kernel: GroupOperator<Element, K, Out>.Kernel = { groups, emitter in
            while !emitter.hasFullBatch {
                guard let key = try groups.beginGroup() else { return false }
                do { try reduce(key, groups, &emitter) } catch { throw RecordError(key, error) }
                try groups.endGroup()
            }
            return true
        }
        let (order, key) = (order, keyed.key)
        return keyed.stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: kind, name: name, parallelism: parallelism, parameters: parameters, inputs: [edge],
                outputs: [.rows(of: Out.self)], keepsParallelism: true,
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    GroupOperator(.encodableRows(of: Element.self), by: order, key: key, kernel: kernel)
                }))
    }
}

extension KeyedStream where Element: Codable {
    /// Makes one row of all rows of each key, when the input (in a loop: the round) is over.
    ///
    /// The function reads the rows one by one, and may stop early; a group may be larger than the memory. Rows come in the
    /// order of workers, then as they were there; `sortGroup` gives another. Groups come out in the order of keys, by
    /// worker. What the function throws ends the job; the error names the key.
    ///
    /// - Complexity: one exchange of all rows, which are then sorted by key (see `sortPartition`). Where a group can be made
    ///   row by row, `fold` and `aggregate` need memory for a value a key only.
    @inlinable @inline(__always)
    public func reduceGroup<Out: Sendable>(
        name: String? = nil, _ reduce: @escaping @Sendable (K, GroupRows<Element, K>) throws -> Out
    ) -> DataStream<Out> {
        SortedGroups(keyed: self, within: nil).reduceGroup(name: name, reduce)
    }

    /// Makes any number of rows of all rows of each key. What one group emits is not held back.
    @inlinable @inline(__always)
    public func reduceGroup<Out: Sendable>(
        of type: Out.Type, name: String? = nil,
        _ reduce: @escaping @Sendable (K, GroupRows<Element, K>, inout Emitter<Out>) throws -> Void
    ) -> DataStream<Out> {
        SortedGroups(keyed: self, within: nil).reduceGroup(of: type, name: name, reduce)
    }

    /// Makes one row of all rows of each key, on each worker first, then of what the workers have made.
    ///
    /// - Parameter combine: makes one row of some rows of a key; a row of the same key, whatever it is given, and such that
    ///   `reduce` makes the same of combined rows as of all.
    @inlinable @inline(__always)
    public func reduceGroup<Out: Sendable>(
        name: String? = nil, combining combine: @escaping @Sendable (K, GroupRows<Element, K>) throws -> Element,
        _ reduce: @escaping @Sendable (K, GroupRows<Element, K>) throws -> Out
    ) -> DataStream<Out> {
        KeyedStream(stream: combineGroup(name: name, combine), keyName: keyName, key: key)
            .reduceGroup(name: name, reduce)
    }

    /// Makes one row of the rows of each key on each worker, without an exchange: a key comes out once a worker that has it.
    ///
    /// - Complexity: the rows of each worker are sorted by key (see `sortPartition`).
    @inlinable @inline(__always)
    public func combineGroup<Out: Sendable>(
        name: String? = nil, _ combine: @escaping @Sendable (K, GroupRows<Element, K>) throws -> Out
    ) -> DataStream<Out> {
        let groups = SortedGroups(keyed: self, within: nil)
        return groups.groups(
            kind: "combineGroup", name: name, edge: PlanBuilder.Input(stream.output), parallelism: stream.parallelism,
            parameters: groups.parameters
        ) { try $2.emit(combine($0, $1)) }
    }

    /// Some `count` rows of each key: those of the first worker first. `sortGroup` says which.
    @inlinable @inline(__always)
    public func firstInGroup(_ count: Int, name: String? = nil) -> DataStream<Element> {
        SortedGroups(keyed: self, within: nil).firstInGroup(count, name: name)
    }
}
