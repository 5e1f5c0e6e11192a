/// A key of two parts, compared part by part.
public struct Pair<First: Key, Second: Key>: Key {
    public var first: First
    public var second: Second

    @inlinable
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    @inlinable
    public var keyHash: UInt64 { StableHash.combine(first.keyHash, second.keyHash) }

    @inlinable
    public static func isSameKey(_ left: Self, _ right: Self) -> Bool {
        First.isSameKey(left.first, right.first) && Second.isSameKey(left.second, right.second)
    }

    @inlinable
    public static func isOrderedBefore(_ left: Self, _ right: Self) -> Bool {
        First.isSameKey(left.first, right.first)
            ? Second.isOrderedBefore(left.second, right.second)
            : First.isOrderedBefore(left.first, right.first)
    }

    @inlinable @inline(__always)
    public static func touchStorage(of key: Self) -> UInt64 {
        First.touchStorage(of: key.first) ^ Second.touchStorage(of: key.second)
    }

    @inlinable @inline(__always)
    public static func detached(_ key: consuming Self) -> Self {
        Pair(First.detached(key.first), Second.detached(key.second))
    }

    /// That of the first part.
    @inlinable
    public var orderPrefix: UInt64 { first.orderPrefix }
}

extension Pair: Equatable where First: Equatable, Second: Equatable {}
extension Pair: Hashable where First: Hashable, Second: Hashable {}
extension Pair: Encodable where First: Encodable, Second: Encodable {}
extension Pair: Decodable where First: Decodable, Second: Decodable {}

/// A key of three parts.
public typealias Triple<A: Key, B: Key, C: Key> = Pair<A, Pair<B, C>>

/// A key of four parts.
public typealias Quadruple<A: Key, B: Key, C: Key, D: Key> = Pair<Pair<A, B>, Pair<C, D>>
