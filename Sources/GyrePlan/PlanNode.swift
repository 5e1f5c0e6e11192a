public import GyreColumns

/// What executes a node: closures made where the types are known. Equality ignores it.
///
/// The operators' module defines the implementations; the plan only carries them.
public protocol NodeImplementation: Sendable {}

/// An edge into a node: its description, and what moves its rows.
public struct PlanEdge: Sendable {
    public var description: EdgeDescription
    public var elements: ElementType
    public var router: RowRouter?
}

/// A node: its description, and what executes it.
public struct PlanNode: Sendable {
    public var description: NodeDescription
    public var edges: [PlanEdge]
    public var implementation: any NodeImplementation
    public var outputs: [ElementType]
    /// Bytes of its rows at most, where that is known when the job is written: sources say it, and what follows them row
    /// by row passes it on.
    public var estimatedBytes: Int?
    /// Whether it spans all workers however small its input is.
    public var keepsParallelism = false
}
