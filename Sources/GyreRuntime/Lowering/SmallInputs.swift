package import GyreOperators
package import GyrePlan

/// Chooses parallelism from sizes, where nobody has asked for one.
package enum SmallInputs {
    /// Up to so many bytes one instance is done before others would have been woken: where a keyed sum of eight bytes a
    /// row begins to gain by a second worker (`Benchmarks/run small-job`).
    package static let bytes = 32 << 10
    /// The same for a sort, whose exchange costs more.
    package static let sortBytes = 128 << 10

    /// The plan as it will run, and what was chosen.
    package static func gather(_ plan: Plan, _ configuration: JobConfiguration) -> (plan: Plan, choices: [Choice]) {
        guard configuration.gathersSmallInputs, configuration.parallelism > 1 else { return (plan, []) }
        let (chosen, gathered) = plan.gatheringSmallInputs(limit: bytes, sortLimit: sortBytes)
        let choices = chosen.nodes.compactMap { node in
            gathered[node.description.id].map { reason in
                let why =
                    switch reason {
                    case .bytes(let known): "at most \(known) bytes come to it"
                    case .follows: "what it reads comes from one"
                    }
                return Choice(
                    uid: node.description.uid, node: node.description.name, instance: 0, what: "one instance", why: why)
            }
        }
        return (chosen, choices)
    }
}
