import ArgumentParser

/// Reads numbers of options, each with the range that its error names.
enum OptionNumbers {
    static func whole(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let value = Int(text), range.contains(value) else {
                let upper =
                    range.upperBound == .max
                    ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
                throw ValidationError("expected a whole number \(range.upperBound == .max ? "of " : "")\(upper)")
            }
            return value
        }
    }

    static func real(_ range: ClosedRange<Double>) -> @Sendable (String) throws -> Double {
        { text in
            guard let value = Double(text), range.contains(value), value.isFinite else {
                let bounds =
                    range.upperBound == .infinity
                    ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
                throw ValidationError("expected a number \(bounds)")
            }
            return value
        }
    }

    static func seed(_ text: String) throws -> UInt64 {
        guard let seed = UInt64(text), seed <= UInt64(Int64.max) else {
            throw ValidationError("expected a whole number from 0 to \(Int64.max)")
        }
        return seed
    }
}
