/// Which weights an algorithm takes. NaN and the infinities are never taken.
public enum WeightRule: Sendable {
    case finite
    /// Negative weights are refused; −0.0 is zero.
    case nonNegative
}
