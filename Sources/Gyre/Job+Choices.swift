import GyreOperators
public import GyreRuntime

extension Job {
    /// The plan as text, as it will run: with the parallelism that is chosen from sizes, and why.
    ///
    /// ```
    /// 3 keyedFold  ×1  [key=shop]  <- 2 hash(shop)
    ///     chose one instance: at most 16000 bytes come to it
    /// ```
    public func explain(for configuration: JobConfiguration) -> String {
        let (plan, choices) = SmallInputs.gather(builder.draft, configuration)
        return plan.explain(
            notes: Dictionary(grouping: choices, by: \.uid).mapValues { $0.map { "chose \($0.what): \($0.why)" } })
    }

    /// The plan as text, with what its operators chose in a run and why.
    ///
    /// ```
    /// 4 join  ×all  [key=order]  <- 1 hash(order), 2 hash(order)
    ///     chose hash right: 80 MB on the right, 220 MB on the left (instances 0, 1)
    /// ```
    public func explain(after result: JobResult) -> String {
        builder.draft.explain(
            notes: Dictionary(grouping: result.choices, by: \.uid).mapValues { choices in
                var lines: [(text: String, instances: [Int])] = []
                for choice in choices {
                    let text = "chose \(choice.what): \(choice.why)"
                    if let index = lines.firstIndex(where: { $0.text == text }) {
                        lines[index].instances.append(choice.instance)
                    } else {
                        lines.append((text, [choice.instance]))
                    }
                }
                return lines.map { line in
                    let instances = line.instances.map { "\($0)" }.joined(separator: ", ")
                    return "\(line.text) (instance\(line.instances.count == 1 ? "" : "s") \(instances))"
                }
            })
    }
}
