public import GyreColumns

/// Collects nodes while a job is written down, and makes a validated plan of them.
///
/// Used by one thread. Nodes get their loop from their inputs: a node that reads a stream of a loop
/// takes part in its rounds; a node that reads constants only runs once, wherever it was written.
public final class PlanBuilder {
    private let name: String
    private var nodes: [PlanNode] = []
    private var loops: [LoopDescription] = []
    private var uids: [String: Int] = [:]
    private var givenUIDs: Set<String> = []
    private var errors: [PlanError] = []
    /// Loops whose steps are being written, outermost first.
    private var openLoops: [LoopID] = []

    /// Starts a plan of the given name.
    public init(name: String) {
        self.name = name
    }

    /// What a new node is told.
    public struct NodeDefinition {
        public var kind: String
        public var name: String?
        public var uid: String?
        public var parallelism: Parallelism
        public var parameters: [NodeDescription.Parameter]
        public var inputs: [Input]
        public var outputs: [ElementType]
        public var implementation: any NodeImplementation
        /// The loop this node heads; its inputs then lie outside.
        public var headsLoop: LoopID?
        /// Bytes of its rows at most, where that is known when the job is written.
        public var estimatedBytes: Int?
        /// Whether it spans all workers however small its input is: its partitioning was asked for, or its work may be
        /// large all the same.
        public var keepsParallelism: Bool

        public init(
            kind: String, name: String? = nil, uid: String? = nil, parallelism: Parallelism = .all,
            parameters: [NodeDescription.Parameter] = [], inputs: [Input], outputs: [ElementType],
            headsLoop: LoopID? = nil, estimatedBytes: Int? = nil, keepsParallelism: Bool = false,
            implementation: any NodeImplementation
        ) {
            self.kind = kind
            self.name = name
            self.uid = uid
            self.parallelism = parallelism
            self.parameters = parameters
            self.inputs = inputs
            self.outputs = outputs
            self.headsLoop = headsLoop
            self.estimatedBytes = estimatedBytes
            self.keepsParallelism = keepsParallelism
            self.implementation = implementation
        }
    }

    /// An incoming edge of a new node.
    public struct Input {
        public var source: OutputID
        public var partitioning: Partitioning
        public var router: RowRouter?

        public init(_ source: OutputID, _ partitioning: Partitioning = .forward, router: RowRouter? = nil) {
            self.source = source
            self.partitioning = partitioning
            self.router = router
        }
    }

    /// Adds a node behind its inputs.
    public func add(_ definition: NodeDefinition) -> NodeID {
        let id = NodeID(index: nodes.count)
        let name = definition.name ?? definition.kind
        if case .fixed(let count) = definition.parallelism, count < 1 {
            errors.append(.outOfRange(node: name, parameter: "parallelism", value: count, expected: "at least 1"))
        }
        let edges = definition.inputs.map { edge($0, isFeedback: false) }
        let loopOfInputs = loop(of: definition.inputs, for: name)
        let loop = definition.headsLoop ?? loopOfInputs
        nodes.append(
            PlanNode(
                description: NodeDescription(
                    id: id, uid: uid(for: definition, name: name, loop: loop), kind: definition.kind, name: name,
                    parallelism: definition.parallelism, parameters: definition.parameters,
                    inputs: edges.map(\.description), outputTypes: definition.outputs.map(\.name), loop: loop),
                edges: edges, implementation: definition.implementation, outputs: definition.outputs,
                estimatedBytes: definition.estimatedBytes, keepsParallelism: definition.keepsParallelism))
        return id
    }

    /// Adds the edge that closes a loop: rows of `source` come to `head` in the next round.
    public func addFeedback(from input: Input, to head: NodeID) {
        let node = nodes[head.index]
        if nodes[input.source.node.index].description.loop != node.description.loop {
            errors.append(.stepIgnoresInput(loop: node.description.name))
        }
        let feedback = edge(input, isFeedback: true)
        nodes[head.index].edges.append(feedback)
        nodes[head.index].description.inputs.append(feedback.description)
    }

    /// Opens a loop: nodes made until `closeLoop` may belong to it.
    public func openLoop(
        name: String, kind: String, maximumRounds: Int, aggregators: [String], hasCriterion: Bool
    ) -> LoopID {
        let id = LoopID(index: loops.count)
        if let outer = openLoops.last {
            errors.append(.nestedLoop(outer: loops[outer.index].name, inner: name))
        }
        if maximumRounds < 1 {
            errors.append(
                .outOfRange(node: name, parameter: "maximum of rounds", value: maximumRounds, expected: "at least 1"))
        }
        // Reports tell loops apart by name.
        let equals = loops.count { $0.name == name || $0.name.hasPrefix(name + "~") }
        loops.append(
            LoopDescription(
                id: id, name: equals == 0 ? name : "\(name)~\(equals + 1)", kind: kind, maximumRounds: maximumRounds,
                aggregators: aggregators,
                hasCriterion: hasCriterion))
        openLoops.append(id)
        return id
    }

    /// Ends the step of the loop that was opened last.
    ///
    /// Nodes of the step whose rows nobody reads are connected to the head, which drops the rows and waits
    /// for the markers, so that no round ends while they are at work.
    public func closeLoop(headedBy head: NodeID) {
        precondition(!openLoops.isEmpty, "no loop is open")
        let loop = openLoops.removeLast()
        var read: Set<NodeID> = []
        for node in nodes { read.formUnion(node.edges.map(\.description.source.node)) }
        let unread = nodes.filter {
            $0.description.loop == loop && $0.description.kind != NodeDescription.loopHeadKind
                && !read.contains($0.description.id)
        }
        for node in unread {
            let sameInstances = node.description.parallelism == .all
            addFeedback(
                from: Input(OutputID(node: node.description.id), sameInstances ? .forward : .broadcast), to: head)
        }
    }

    /// The loop that an output belongs to; nil outside loops, and for the result of a loop.
    public func loop(of output: OutputID) -> LoopID? {
        let source = nodes[output.node.index].description
        return source.isLoopExit(port: output.port) ? nil : source.loop
    }

    /// Bytes of an output's rows at most, where that is known when the job is written.
    public func estimatedBytes(of output: OutputID) -> Int? {
        output.port == 0 ? nodes[output.node.index].estimatedBytes : nil
    }

    /// Bytes of as many rows as an output has, of another type; nil where the output's are not known, or where the rows
    /// may own any amount of memory elsewhere.
    public func estimatedBytes(of output: OutputID, asRowsOf elements: ElementType) -> Int? {
        guard elements.isTrivial, let bytes = estimatedBytes(of: output) else { return nil }
        return bytes / max(1, nodes[output.node.index].outputs[output.port].stride) * elements.stride
    }

    /// Makes `build` throw.
    public func refuse(_ error: PlanError) {
        errors.append(error)
    }

    /// Replaces the name of a node; uids follow names unless given.
    public func setUID(_ uid: String, of node: NodeID) {
        guard nodes[node.index].description.uid != uid else { return }
        nodes[node.index].description.uid = uid
        if !givenUIDs.insert(uid).inserted { errors.append(.duplicateUID(uid)) }
    }

    /// Replaces what executes a node, where that depends on what came behind it.
    public func replaceImplementation(of node: NodeID, with implementation: any NodeImplementation) {
        nodes[node.index].implementation = implementation
    }

    /// The finished plan.
    ///
    /// - Throws: the first `PlanError` in the order in which the job was written.
    public func build() throws -> Plan {
        if let error = errors.first { throw error }
        let plan = Plan(name: name, nodes: nodes, loops: loops)
        try PlanValidation.check(plan)
        return plan
    }

    /// The plan as it stands, valid or not, for `explain`.
    public var draft: Plan { Plan(name: name, nodes: nodes, loops: loops) }

    private func edge(_ input: Input, isFeedback: Bool) -> PlanEdge {
        let elements = nodes[input.source.node.index].outputs[input.source.port]
        return PlanEdge(
            description: EdgeDescription(
                source: input.source, partitioning: input.partitioning, elementType: elements.name,
                isFeedback: isFeedback),
            elements: elements, router: input.router)
    }

    private func loop(of inputs: [Input], for name: String) -> LoopID? {
        // Port 1 of a loop's head is its result, which lies outside the loop.
        let found = inputs.compactMap { self.loop(of: $0.source) }
        if let escaped = found.first(where: { !openLoops.contains($0) }) {
            errors.append(.escapedLoop(loop: loops[escaped.index].name, node: name))
        }
        return found.first
    }

    private func uid(for definition: NodeDefinition, name: String, loop: LoopID?) -> String {
        if let given = definition.uid {
            if !givenUIDs.insert(given).inserted { errors.append(.duplicateUID(given)) }
            return given
        }
        let parent = definition.inputs.first.map { nodes[$0.source.node.index].description.uid + "/" } ?? ""
        let path = parent + name
        let ordinal = uids[path, default: 0] + 1
        uids[path] = ordinal
        return ordinal == 1 ? path : "\(path)~\(ordinal)"
    }
}

extension NodeDescription {
    /// The kind of the node at the head of every loop.
    public static var loopHeadKind: String { "iterate" }

    /// The kind of a node that adds to an aggregator, which its first parameter names.
    public static var contributeKind: String { "contribute" }

    /// Whether an output leaves the loop that this node heads.
    public func isLoopExit(port: Int) -> Bool {
        kind == NodeDescription.loopHeadKind && port > 0
    }
}
