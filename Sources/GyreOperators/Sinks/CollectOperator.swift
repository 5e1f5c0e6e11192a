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

    /// All rows, those of the first instance first.
    public var elements: [Element] {
        parts.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
    }
}

/// Keeps all rows in memory.
public final class CollectOperator<Element: Sendable>: Operator {
    private let target: Collected<Element>
    private var rows: [Element] = []
    private var instance = 0

    public init(into target: Collected<Element>) {
        self.target = target
    }

    public override func open(_ context: OperatorContext) {
        instance = context.instance
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        rows.append(contentsOf: batch.rows(of: Element.self).elements)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) -> Progress {
        if frontier == .end {
            target.store(rows, of: instance)
            rows = []
        }
        return .done
    }
}
