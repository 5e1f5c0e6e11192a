/// Labels of rows: numbers, or texts.
public enum LabelColumn: Equatable, Sendable {
    case numbers(ArraySlice<Double>)
    case texts(ArraySlice<String>)

    public var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .texts(let values): values.count
        }
    }

    public var kind: FeatureSchema.LabelKind {
        switch self {
        case .numbers: .number
        case .texts: .text
        }
    }

    /// The labels where they are numbers; else nil.
    public var numbers: ArraySlice<Double>? {
        guard case .numbers(let values) = self else { return nil }
        return values
    }

    /// The label of a row, from 0.
    public subscript(row: Int) -> LabelValue {
        switch self {
        case .numbers(let values): .number(values[values.startIndex + row])
        case .texts(let values): .text(values[values.startIndex + row])
        }
    }

    /// Some of the rows, sharing their storage.
    public func rows(_ range: Range<Int>) -> LabelColumn {
        switch self {
        case .numbers(let values):
            .numbers(values[values.startIndex + range.lowerBound..<values.startIndex + range.upperBound])
        case .texts(let values):
            .texts(values[values.startIndex + range.lowerBound..<values.startIndex + range.upperBound])
        }
    }
}

/// One label. Numbers come before texts; numbers are ordered as such, texts by their UTF-8 bytes.
public enum LabelValue: Hashable, Sendable {
    case number(Double)
    case text(String)
}

extension LabelValue {
    public var kind: FeatureSchema.LabelKind {
        switch self {
        case .number: .number
        case .text: .text
        }
    }
}

extension LabelValue: CustomStringConvertible {
    /// The label as it is written: whole numbers without a fraction.
    public var description: String {
        switch self {
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .text(let text): text
        }
    }
}

extension LabelValue: Comparable {
    public static func < (left: LabelValue, right: LabelValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}

extension LabelValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        }
    }
}
