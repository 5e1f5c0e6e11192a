public import GyreColumns
public import GyreTime
import Synchronization

/// What a `collect` sink gathers: rows by instance, readable when the job has ended.
public final class Collected<Element: Sendable>: Sendable {
    private let parts = Mutex<[Int: [Element]]>([:])

    public init() {}

    func store(_ rows: [Element], of instance: Int) {
        parts.withLock { $0[instance] = rows }
    }

    /// Forgets what an earlier run with more instances has left.
    func keepInstances(below count: Int) {
        parts.withLock { parts in parts = parts.filter { $0.key < count } }
    }

    /// All rows, those of the first instance first.
    public var elements: [Element] {
        parts.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
    }
}

/// Keeps all rows in memory. Snapshot: the rows, also when the input is over.
public final class CollectOperator<Element: Sendable>: Operator {
    private let target: Collected<Element>
    private var rows: [Element] = []
    private var instance = 0

    public init(into target: Collected<Element>) {
        self.target = target
    }

    public override func open(_ context: OperatorContext) {
        instance = context.instance
        target.store([], of: instance)
        if instance == 0 { target.keepInstances(below: context.instances) }
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        rows.append(contentsOf: batch.rows(of: Element.self).elements)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) -> Progress {
        if frontier == .end {
            // Shared with the target, not copied.
            target.store(rows, of: instance)
        }
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        let elements = ElementType.rows(of: Element.self)
        try writer.write(batches: rows.isEmpty ? [] : [RowBatch(rows)], by: elements)
    }

    public override func restore(from reader: inout ByteReader) throws {
        let batches = try reader.readBatches(by: .rows(of: Element.self))
        rows = batches.flatMap { Array($0.rows(of: Element.self).elements) }
        // If the input was over already, nobody will say so again.
        target.store(rows, of: instance)
    }
}
