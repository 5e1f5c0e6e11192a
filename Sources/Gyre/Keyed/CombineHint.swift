/// Whether rows of a key are combined on their worker before they are exchanged.
public enum CombineHint: String, Sendable, CaseIterable {
    /// In a small table, which turns itself off where it meets few keys again.
    case automatic
    /// In a small table, always: for keys that repeat late.
    case hash
    /// Not at all: for keys that hardly repeat.
    case none
}
