public import GyreColumns
public import GyreOperators
import GyrePlan

/// A join as it is written down: settles the strategy and adds the node.
///
/// Not inlinable, for nothing here runs once a row: what is specialised for a user's types are the kernels and routers
/// that it is given.
@usableFromInline
struct JoinNode {
    @usableFromInline var kind: JoinKind
    @usableFromInline var hint: JoinHint
    @usableFromInline var name: String?
    @usableFromInline var keyNames: (left: String, right: String)
    @usableFromInline var kernels: JoinKernels
    @usableFromInline var routers: (left: RowRouter, right: RowRouter)
    /// Where the key's type has numbers.
    @usableFromInline var numbers: (left: RowRouter, right: RowRouter)?
    /// Of a sort-merge join only, so that no other is compiled for it.
    @usableFromInline var order: JoinOrder?

    @usableFromInline
    init(
        kind: JoinKind, hint: JoinHint, name: String?, keyNames: (left: String, right: String), kernels: JoinKernels,
        routers: (left: RowRouter, right: RowRouter), numbers: (left: RowRouter, right: RowRouter)?, order: JoinOrder?
    ) {
        self.numbers = numbers
        self.kind = kind
        self.hint = hint
        self.name = name
        self.keyNames = keyNames
        self.kernels = kernels
        self.routers = routers
        self.order = order
    }

    @usableFromInline
    func add<Left: Codable, Right: Codable, Out>(
        _ left: DataStream<Left>, _ right: DataStream<Right>
    ) -> DataStream<Out> {
        let builder = left.job.builder
        let isInLoop = (left: builder.loop(of: left.output) != nil, right: builder.loop(of: right.output) != nil)
        let placement = JoinPlacement(
            hint, kind, bytes: (builder.estimatedBytes(of: left.output), builder.estimatedBytes(of: right.output)),
            isConstant: (!isInLoop.left && isInLoop.right, isInLoop.left && !isInLoop.right))
        let chosen = placement.hint
        if !chosen.suits(kind) {
            builder.refuse(.unsuitedStrategy(node: name ?? "join", strategy: chosen.rawValue, join: kind.rawValue))
        }
        let side = placement.side
        // A constant that probes, or is sorted, is asked for in every round.
        let asksLeft = side == .right || order != nil
        let asksRight = side == .left || order != nil
        let leftRows = asksLeft ? left.replayed(inTheLoopOf: right) : left
        let rightRows = asksRight ? right.replayed(inTheLoopOf: left) : right
        let shape = JoinShape(
            kind: kind,
            left: JoinSide(elements: .encodableRows(of: Left.self), key: routers.left, number: numbers?.left),
            right: JoinSide(elements: .encodableRows(of: Right.self), key: routers.right, number: numbers?.right),
            kernels: kernels)
        var parameters: [NodeDescription.Parameter] = [
            .init("type", kind.rawValue), .init("key", keyNames.left), .init("strategy", chosen.rawValue),
        ]
        if let why = placement.why { parameters.append(.init("why", why)) }
        return left.job.add(
            PlanBuilder.NodeDefinition(
                kind: "join", name: name, parameters: parameters,
                inputs: [
                    edge(leftRows, keyNames.left, routers.left, .broadcastLeft, chosen),
                    edge(rightRows, keyNames.right, routers.right, .broadcastRight, chosen),
                ],
                outputs: [kernels.result],
                // At most the left rows themselves.
                estimatedBytes: kind == .semi || kind == .anti ? builder.estimatedBytes(of: left.output) : nil,
                // Its order goes by sender, which rows that come to one instance from several do not name.
                keepsParallelism: order != nil,
                implementation: order.map { order in
                    OperatorFactory(emission: .unbounded, holdsBack: false, isHungry: true) {
                        SortMergeJoinOperator(shape, by: order)
                    }
                }
                    ?? OperatorFactory(emission: .unbounded, heldPort: side == .left ? 1 : 0, isHungry: true) {
                        HashJoinOperator(shape, building: side)
                    }))
    }

    /// By key, unless one side is broadcast: then that one goes everywhere, and the other stays.
    private func edge<Row>(
        _ stream: DataStream<Row>, _ keyName: String, _ router: RowRouter, _ broadcast: JoinHint, _ chosen: JoinHint
    ) -> PlanBuilder.Input {
        switch chosen {
        case broadcast: PlanBuilder.Input(stream.output, .broadcast)
        case .broadcastLeft, .broadcastRight: PlanBuilder.Input(stream.output, stream.towardsAll)
        default: PlanBuilder.Input(stream.output, .hash(key: keyName), router: router)
        }
    }
}
