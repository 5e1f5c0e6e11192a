/// A value that all workers reduce during a round and may read in the next.
///
/// Partials are combined in the order of workers, so `combine` should be associative; sums of floating
/// point may differ in their last digits between parallelisms, unless they are made in fixed chunks
/// as supersteps make them.
public struct Aggregator<Value: Sendable>: Sendable {
    /// Unique within the loop.
    public let name: String
    /// The value of nothing; also what the first round reads.
    public let zero: Value
    /// Adds two partials.
    public let combine: @Sendable (Value, Value) -> Value

    public init(name: String, zero: Value, combine: @escaping @Sendable (Value, Value) -> Value) {
        self.name = name
        self.zero = zero
        self.combine = combine
    }
}

extension Aggregator where Value: AdditiveArithmetic {
    /// The sum of all contributions.
    public static func sum(_ name: String, of type: Value.Type = Value.self) -> Aggregator {
        Aggregator(name: name, zero: .zero) { $0 + $1 }
    }
}

extension Aggregator where Value: Comparable {
    /// The greatest contribution, at least `lowest`.
    public static func maximum(_ name: String, from lowest: Value) -> Aggregator {
        Aggregator(name: name, zero: lowest) { max($0, $1) }
    }

    /// The smallest contribution, at most `highest`.
    public static func minimum(_ name: String, from highest: Value) -> Aggregator {
        Aggregator(name: name, zero: highest) { min($0, $1) }
    }
}

/// An aggregator without its type, as loops keep it.
public struct AnyAggregator: Sendable {
    public let name: String
    public let zero: any Sendable
    public let combine: @Sendable (any Sendable, any Sendable) -> any Sendable
    /// The type of the values.
    public let valueType: Any.Type
    /// Writes and reads a value; nil where the type is not `Codable`.
    public let codec: StateCodec<any Sendable>?

    public init<Value>(_ aggregator: Aggregator<Value>) {
        name = aggregator.name
        zero = aggregator.zero
        valueType = Value.self
        codec = .ifCodable(Value.self)
        combine = { left, right in
            guard let left = left as? Value, let right = right as? Value else {
                preconditionFailure("aggregator \(aggregator.name) was given a value that is no \(Value.self)")
            }
            return aggregator.combine(left, right)
        }
    }
}

/// The combined values of a round.
public struct AggregateValues: Sendable {
    private let values: [String: any Sendable]

    public init(_ values: [String: any Sendable]) {
        self.values = values
    }

    /// The value of an aggregator of the loop.
    ///
    /// Traps where the loop has no such aggregator: the job is written wrongly.
    public subscript<Value>(_ aggregator: Aggregator<Value>) -> Value {
        guard let value = values[aggregator.name] as? Value else {
            preconditionFailure("the loop has no aggregator \"\(aggregator.name)\" of type \(Value.self)")
        }
        return value
    }

    /// The value of a name, whatever its type.
    public func value(named name: String) -> (any Sendable)? { values[name] }

    /// The values that are numbers, by name, for reports.
    public var numbers: [String: Double] {
        values.compactMapValues { value in
            switch value {
            case let value as Double: value
            case let value as Float: Double(value)
            case let value as any BinaryInteger: Double(value)
            default: nil
            }
        }
    }
}
