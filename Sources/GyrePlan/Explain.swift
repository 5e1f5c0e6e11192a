import Foundation

extension Plan {
    /// The plan as text: a line a node, inputs before what reads them, loops indented.
    ///
    /// ```
    /// job "pagerank"
    ///   1 vertices            generate
    ///   2 pagerank            iterate (dense, at most 20 rounds, aggregators change)  <- 1 forward
    ///     2.1 step            gatherSumApply (direction pull)  <- 2 forward
    /// ```
    ///
    /// - Parameter notes: lines to write under nodes, by uid.
    public func explain(notes: [String: [String]] = [:]) -> String {
        var lines = ["job \"\(name)\""]
        for node in nodes.map(\.description) {
            var indent = "  "
            if node.loop != nil, node.kind != NodeDescription.loopHeadKind { indent += "  " }
            var line = indent + "\(node.id.index + 1) \(node.kind)"
            if node.name != node.kind { line += " \"\(node.name)\"" }
            line += "  \(parallelismText(node.parallelism))"
            let settings = loopSettings(of: node) + node.parameters.map { "\($0.name)=\($0.value)" }
            if !settings.isEmpty { line += "  [\(settings.joined(separator: ", "))]" }
            let inputs = node.inputs.map { edge in
                let port = edge.source.port == 0 ? "" : ".\(edge.source.port)"
                return "\(edge.isFeedback ? "feedback " : "")\(edge.source.node.index + 1)\(port) \(edge.partitioning)"
            }
            if !inputs.isEmpty { line += "  <- " + inputs.joined(separator: ", ") }
            lines.append(line)
            lines += (notes[node.uid] ?? []).map { "\(indent)    \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The plan as JSON: `{"job": …, "loops": […], "nodes": […]}`, keys sorted.
    public func explainJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let document = PlanDocument(job: name, loops: loops, nodes: description)
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    private func loopSettings(of node: NodeDescription) -> [String] {
        guard node.kind == NodeDescription.loopHeadKind, let id = node.loop else { return [] }
        let loop = loops[id.index]
        var settings = ["\(loop.kind)", "at most \(loop.maximumRounds) rounds"]
        if !loop.aggregators.isEmpty { settings.append("aggregators=\(loop.aggregators.joined(separator: "+"))") }
        if loop.hasCriterion { settings.append("until criterion") }
        return settings
    }

    private func parallelismText(_ parallelism: Parallelism) -> String {
        switch parallelism {
        case .all: "×all"
        case .fixed(let count): "×\(count)"
        case .one: "×1"
        }
    }
}

private struct PlanDocument: Encodable {
    var job: String
    var loops: [LoopDescription]
    var nodes: [NodeDescription]
}
