public import GyreColumns
public import GyreOperators
public import GyrePlan

/// A stream of rows of one type, at some place of a job.
///
/// A value that names an output of the plan: using it twice fans the stream out.
public struct DataStream<Element: Sendable> {
    /// The job that the stream belongs to.
    public let job: Job
    @usableFromInline package let output: OutputID

    @usableFromInline
    package init(job: Job, output: OutputID) {
        self.job = job
        self.output = output
    }

    /// Gives the node that makes this stream a uid of its own, by which its state is found again when the
    /// job has changed.
    public func uid(_ uid: String) -> DataStream {
        job.builder.setUID(uid, of: output.node)
        return self
    }

    /// Adds a node that reads this stream by a forward edge.
    @usableFromInline
    func then<Out: Sendable>(
        _ kind: String, name: String?, parameters: [NodeDescription.Parameter] = [], elements: ElementType,
        factory: OperatorFactory, of type: Out.Type = Out.self
    ) -> DataStream<Out> {
        // At most a row for a row; rows that own memory elsewhere may be of any size.
        var estimate: Int?
        if factory.emission == .oneBatch {
            estimate = job.builder.estimatedBytes(of: output, asRowsOf: elements)
            if estimate == nil, kind == "filter" { estimate = job.builder.estimatedBytes(of: output) }
        }
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: kind, name: name, parallelism: parallelism, parameters: parameters,
                inputs: [PlanBuilder.Input(output)], outputs: [elements], estimatedBytes: estimate,
                implementation: factory))
    }

    /// How many instances the node that makes this stream has.
    @usableFromInline
    var parallelism: Parallelism {
        job.builder.draft[output.node].description.parallelism
    }
}
