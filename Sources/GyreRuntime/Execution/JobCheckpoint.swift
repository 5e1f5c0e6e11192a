/// What all operators of a job wrote at one consistent cut of its streams.
///
/// In memory; the checkpoint directory of `GyreState` will hold the same parts.
public struct JobCheckpoint: Sendable {
    /// One instance of one operator.
    public struct Place: Hashable, Sendable {
        public var uid: String
        public var instance: Int

        public init(uid: String, instance: Int) {
            self.uid = uid
            self.instance = instance
        }
    }

    /// What one instance wrote.
    public struct Part: Sendable {
        public var bytes: [UInt8]
        /// Whether its input was over by then.
        public var isFinished: Bool
    }

    /// Counted from 1 within a job and its restarts.
    public let number: UInt64
    /// By operator and instance; of every operator, all instances.
    public internal(set) var parts: [Place: Part] = [:]

    init(number: UInt64) {
        self.number = number
    }
}
