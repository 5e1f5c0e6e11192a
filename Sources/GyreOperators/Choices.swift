/// What one instance of an operator chose at run time, and why.
public struct Choice: Hashable, Sendable, Codable {
    /// The node's uid.
    public var uid: String
    /// The node's name.
    public var node: String
    /// The number of the instance.
    public var instance: Int
    /// What was chosen, as `explain` would name it: `hash right`, `no combiner`.
    public var what: String
    /// The figures that decided.
    public var why: String

    public init(uid: String, node: String, instance: Int, what: String, why: String) {
        self.uid = uid
        self.node = node
        self.instance = instance
        self.what = what
        self.why = why
    }
}

/// What the operators of one worker chose, in order; the job's result reports it.
public final class Choices {
    /// All choices so far.
    public private(set) var recorded: [Choice] = []

    public init() {}

    /// Notes a choice. For what is chosen once an input or a round, not once a batch.
    public func record(_ choice: Choice) {
        recorded.append(choice)
    }
}

extension OperatorContext {
    /// Notes what this instance chose, and why; see `JobResult.choices`.
    public func record(choice what: String, why: String) {
        choices.record(Choice(uid: uid, node: name, instance: instance, what: what, why: why))
    }
}
