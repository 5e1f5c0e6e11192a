/// The version of this package.
public enum GyreVersion {
    public static let current = "0.1.0"
}
