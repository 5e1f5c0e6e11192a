import GyreColumns
import GyreOperators
import GyrePlan
import GyreState

extension JobRecord {
    /// What a checkpoint says of a plan that is run by a number of workers.
    init(_ plan: Plan, workers: Int, identity: [String: String]) {
        self.init(
            name: plan.name, parallelism: workers, hashVersion: StableHash.version, identity: identity,
            nodes: plan.nodes.map { Node($0.description, in: plan, workers: workers) },
            loops: plan.keptLoops.map { Loop($0, in: plan) })
    }
}

extension JobRecord.Node {
    fileprivate init(_ node: NodeDescription, in plan: Plan, workers: Int) {
        let inputs = node.inputs.map { edge in
            "\(plan[edge.source.node].description.uid).\(edge.source.port) by \(edge.partitioning)"
        }
        self.init(
            uid: node.uid, kind: node.kind, instances: node.parallelism.instances(onWorkers: workers),
            parameters: node.parameters.map { "\($0.name)=\($0.value)" }, inputs: inputs)
    }
}

extension JobRecord.Loop {
    fileprivate init(_ loop: LoopDescription, in plan: Plan) {
        let heads = plan.heads(of: loop.id)
        var fields: [JobRecord.Field] = []
        for (variable, head) in heads.enumerated() {
            for (label, rows) in Self.kept(by: head, of: loop.kind) {
                let place = (heads.count > 1 ? ["variable \(variable + 1)"] : []) + (label.isEmpty ? [] : [label])
                fields += RecordFields.of(rows.rowType).map { field in
                    JobRecord.Field(
                        name: (place + (field.name.isEmpty ? [] : [field.name])).joined(separator: "."),
                        type: field.type)
                }
            }
        }
        let definition = (heads.first?.implementation as? LoopHeadFactory)?.definition
        let aggregators = definition?.aggregators ?? []
        self.init(
            name: loop.name, fields: fields,
            aggregators: aggregators.flatMap { aggregator in
                RecordFields.of(aggregator.valueType).map {
                    JobRecord.Field(
                        name: $0.name.isEmpty ? aggregator.name : "\(aggregator.name).\($0.name)", type: $0.type)
                }
            })
    }
}

extension JobRecord.Loop {
    /// The types of the rows that a head keeps, as its outputs have them: of a bulk variable both are the same, of a
    /// dense loop the first are markers alone.
    private static func kept(by head: PlanNode, of kind: String) -> [(label: String, rows: ElementType)] {
        switch kind {
        case "delta": [("workset", head.outputs[0]), ("solution", head.outputs[1])]
        default: [("", head.outputs[1])]
        }
    }
}

extension Plan {
    /// The nodes that head a loop, one a variable.
    func heads(of loop: LoopID) -> [PlanNode] {
        nodes.filter { $0.description.loop == loop && $0.description.kind == NodeDescription.loopHeadKind }
    }

    /// The loops that checkpoints hold.
    var keptLoops: [LoopDescription] {
        loops.filter { loop in
            heads(of: loop.id).allSatisfy { ($0.implementation as? LoopHeadFactory)?.keepsState == true }
        }
    }
}
