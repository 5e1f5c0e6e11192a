/// What an edge carries.
public protocol EdgeValue: BitwiseCopyable, Sendable {
    /// Whether edges carry anything; if not, weights in the input are checked and dropped.
    static var isWeighted: Bool { get }
    /// The value of an edge with this weight.
    init(weight: Double)
    /// The value as a length of the edge.
    var length: Double { get }
    /// Whether `left` comes before `right` among parallel edges.
    static func precedes(_ left: Self, _ right: Self) -> Bool
}

/// Edges that carry nothing, and take no memory.
public struct Unweighted: EdgeValue {
    @inlinable
    public init() {}
    @inlinable
    public init(weight: Double) {}
    @inlinable
    public var length: Double { 1 }
    @inlinable
    public static var isWeighted: Bool { false }
    @inlinable
    public static func precedes(_ left: Unweighted, _ right: Unweighted) -> Bool { false }
}

extension Double: EdgeValue {
    @inlinable
    public init(weight: Double) { self = weight }
    @inlinable
    public var length: Double { self }
    @inlinable
    public static var isWeighted: Bool { true }
    @inlinable
    public static func precedes(_ left: Double, _ right: Double) -> Bool { left < right }
}

extension Float: EdgeValue {
    @inlinable
    public init(weight: Double) { self.init(weight) }
    @inlinable
    public var length: Double { Double(self) }
    @inlinable
    public static var isWeighted: Bool { true }
    @inlinable
    public static func precedes(_ left: Float, _ right: Float) -> Bool { left < right }
}
