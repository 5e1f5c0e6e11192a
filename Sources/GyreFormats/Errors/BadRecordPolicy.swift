/// What happens to a record that is not sound.
public enum BadRecordPolicy: Sendable {
    /// The first one, in the order of the input, ends the job with a `BadRecord`.
    case fail
    /// It is left out and counted.
    case skip
    /// The same, and the closure is given it: by graphs' loading in the order of the input, once all is read; by the
    /// sources of streams as they come, on any worker's thread.
    case report(@Sendable (BadRecord) -> Void)
}
