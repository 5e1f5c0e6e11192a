public import GyrePlan
public import GyreRuntime

/// A dataflow program: streams are written down on it, then it is run as a whole.
///
/// ```swift
/// let job = Job("word lengths")
/// let lengths = job.elements(["a", "bb", "cc"])
///     .keyBy(\.count)
///     .count()
///     .collect()
/// try job.run()
/// print(lengths.elements)          // [(1, 1), (2, 2)], in some order
/// ```
///
/// A job is written by one thread. Nothing runs before `run`; a job may be run several times.
public final class Job {
    /// The job's name.
    public let name: String
    @usableFromInline package let builder: PlanBuilder

    /// Makes an empty job.
    public init(_ name: String = "job") {
        self.name = name
        builder = PlanBuilder(name: name)
    }

    /// The finished plan.
    ///
    /// - Throws: `PlanError` where the job cannot run as it is written.
    public func plan() throws -> Plan {
        try builder.build()
    }

    /// The plan as text.
    public func explain() -> String {
        builder.draft.explain()
    }

    /// The plan as JSON.
    public func explainJSON() throws -> String {
        try builder.draft.explainJSON()
    }

    /// Runs the job to its end; blocks the caller.
    ///
    /// - Throws: `PlanError` and `CheckpointError` before anything runs; `OperatorError` where an operator failed.
    @discardableResult
    public func run(_ configuration: JobConfiguration = JobConfiguration()) throws -> JobResult {
        try prepare(configuration).run()
    }

    /// A run that has not started yet, which another thread may cancel.
    public func prepare(_ configuration: JobConfiguration = JobConfiguration()) throws -> JobExecution {
        try JobExecution(try plan(), configuration: configuration)
    }

    @usableFromInline
    package func add<Element>(
        _ definition: PlanBuilder.NodeDefinition, of type: Element.Type = Element.self
    ) -> DataStream<Element> {
        DataStream(job: self, output: OutputID(node: builder.add(definition)))
    }
}
