/// How many instances a node has.
public enum Parallelism: Hashable, Sendable, Codable {
    /// One on each worker.
    case all
    /// A fixed number, at most one on a worker. Which workers follows from the node's uid.
    case fixed(Int)
    /// One, on the first worker, for there is little to do: nobody writes it, a run chooses it
    /// (`Plan.gatheringSmallInputs`).
    case one

    /// The number of instances when the job runs on `workers` workers.
    public func instances(onWorkers workers: Int) -> Int {
        switch self {
        case .all: workers
        case .fixed(let count): min(count, workers)
        case .one: 1
        }
    }
}
