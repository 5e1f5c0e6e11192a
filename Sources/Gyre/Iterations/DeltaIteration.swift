public import GyreColumns
public import GyreOperators
public import GyrePlan

/// The solution set of a delta iteration, as its step sees it: something to look keys up in.
public struct SolutionSetReference<K: Key, Element: Sendable> {
    @usableFromInline let head: Int
    /// The workset that goes into the loop's body: what a constant stream is replayed by.
    @usableFromInline let workset: OutputID
    @usableFromInline let job: Job
    @usableFromInline let keyName: String

    @usableFromInline
    init(head: Int, workset: OutputID, job: Job, keyName: String) {
        self.head = head
        self.workset = workset
        self.job = job
        self.keyName = keyName
    }
}

extension KeyedStream where Element: Codable, K: Codable {
    /// Looks the key of each row up in the solution set of the loop, as it stood when the round began. The
    /// rows of a constant stream are looked up in every round.
    ///
    /// - Parameter combine: makes a row of the row and the element of its key, if there is one; nil drops it.
    @inlinable @inline(__always)
    public func lookUp<Solution: Sendable, Out: Sendable>(
        in solution: SolutionSetReference<K, Solution>, name: String? = nil,
        _ combine: @escaping @Sendable (Element, Solution?) throws -> Out?
    ) -> DataStream<Out> {
        let key = key
        let kernel: SolutionSetJoin<Element, K, Solution, Out>.Kernel = { rows, count, table, out in
            var made = 0
            for index in 0..<count {
                do {
                    let rowKey = try key(rows[index])
                    let found = table.find(rowKey, hash: rowKey.keyHash)
                    if let result = try combine(rows[index], found?.pointee) {
                        (out + made).initialize(to: result)
                        made &+= 1
                    }
                } catch {
                    out.deinitialize(count: made)
                    throw RecordError(rows[index], error)
                }
            }
            return made
        }
        let head = solution.head
        // Which type the workset has does not matter: its markers alone are read.
        let rows = stream.replayed(inTheLoopOf: DataStream<Element>(job: stream.job, output: solution.workset))
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: "lookUp", name: name, parameters: [.init("key", keyName)],
                inputs: [KeyedStream.exchange(rows.output, keyName: keyName, key: key)],
                outputs: [.rows(of: Out.self)],
                implementation: OperatorFactory(emission: .oneBatch) { SolutionSetJoin(head: head, kernel: kernel) }))
    }
}

extension KeyedStream where Element: Codable, K: Codable {
    /// Changes a keyed solution set round by round: a delta iteration. This stream is the initial solution.
    ///
    /// The solution set is an index that stays in place, dealt to the workers by key; only the workset
    /// travels. `step` is called once, while the job is written, with the solution set and the workset of a
    /// round; it returns a delta, whose rows replace the elements of their keys when the round is over, and
    /// the next workset. The loop ends when the workset is empty, `until` holds, or the maximum is reached.
    ///
    /// - Returns: the solution set, in an order that depends on the keys only.
    @inlinable @inline(__always)
    public func iterate<Work: Sendable & Codable>(
        workset: DataStream<Work>, maximum: Int, name: String = "iterate", aggregators: [AnyAggregator] = [],
        until: (@Sendable (_ round: Int, AggregateValues) -> Bool)? = nil,
        _ step: (SolutionSetReference<K, Element>, DataStream<Work>) throws -> (
            delta: DataStream<Element>, workset: DataStream<Work>
        )
    ) rethrows -> DataStream<Element> {
        let job = stream.job
        let key = key
        let loop = job.builder.openLoop(
            name: name, kind: "delta", maximumRounds: maximum, aggregators: aggregators.map(\.name),
            hasCriterion: until != nil)
        let insert: DeltaHead<K, Element>.Insert = { rows, count, table in
            for index in 0..<count {
                do {
                    let rowKey = try key(rows[index])
                    table.value(of: rowKey, hash: rowKey.keyHash) { rows[index] }.pointee = rows[index]
                } catch { throw RecordError(rows[index], error) }
            }
        }
        let number = loop.index
        let definition = LoopDefinition(aggregators: aggregators, criterion: until)
        let head = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: NodeDescription.loopHeadKind, name: name, parameters: [.init("key", keyName)],
                inputs: [exchange, PlanBuilder.Input(workset.output, workset.towardsAll)],
                outputs: [.encodableRows(of: Work.self), .encodableRows(of: Element.self)], headsLoop: loop,
                implementation: LoopHeadFactory(definition: definition, firstRound: 0, isHungry: true) {
                    feedbackPorts in
                    DeltaHead<K, Element>(
                        head: number, feedbackPorts: feedbackPorts,
                        rows: (.encodableRows(of: Element.self), .encodableRows(of: Work.self)), insert: insert)
                }))
        let (delta, nextWorkset) = try step(
            SolutionSetReference(head: number, workset: OutputID(node: head), job: job, keyName: keyName),
            DataStream(job: job, output: OutputID(node: head)))
        job.builder.addFeedback(
            from: KeyedStream.exchange(delta.output, keyName: keyName, key: key), to: head)
        job.builder.addFeedback(
            from: PlanBuilder.Input(nextWorkset.output, nextWorkset.towardsAll), to: head)
        job.builder.closeLoop(headedBy: head)
        return DataStream(job: job, output: OutputID(node: head, port: 1))
    }
}
