/// What a block of records holds besides the features.
package struct FeatureRecords: Sendable {
    /// How many records there are.
    package var count = 0
    /// A label each, where labels are numbers.
    package var numbers: [Double] = []
    /// A label each, where labels are texts.
    package var texts: [String] = []
    package var weights: [Double] = []

    package init() {}
}

/// Label and weight of the record at hand, until it is complete.
struct PendingRecord {
    let labels: FeatureLabels
    /// Whether a record may come without its label, which then is NaN or an empty text.
    let needsLabel: Bool
    var number = 0.0
    var text = ""
    var weight = 0.0
    private(set) var isTextInstead = false
    private var texts = RepeatedTexts()

    init(_ labels: FeatureLabels, needsLabel: Bool) {
        self.labels = labels
        self.needsLabel = needsLabel
    }

    /// Takes the label from its field.
    mutating func takeLabel(
        _ field: UnsafeBufferPointer<UInt8>, column: String
    ) throws(RecordDefect) {
        if field.isEmpty {
            guard needsLabel else {
                (number, text) = (.nan, "")
                return
            }
            throw .wrongValue(column: column, expected: "a label", found: "")
        }
        if case .texts = labels {
            text = try texts.string(field)
            return
        }
        if let value = DecimalScan.double(field), value.isFinite {
            number = value
            return
        }
        if case .undecided = labels, DecimalScan.double(field) == nil, !DecimalScan.namesNonFinite(field) {
            isTextInstead = true
        }
        throw FeatureField.wrong(field, "a finite number", column: column)
    }

    mutating func takeWeight(_ field: UnsafeBufferPointer<UInt8>, column: String) throws(RecordDefect) {
        guard let value = DecimalScan.double(field), value.isFinite, value >= 0 else {
            throw FeatureField.wrong(field, "a finite weight of at least 0", column: column)
        }
        weight = value
    }

    /// Adds the record, which is complete.
    @inline(__always)
    mutating func complete(into records: inout FeatureRecords, hasLabel: Bool, hasWeight: Bool) {
        records.count &+= 1
        if hasLabel {
            if case .texts = labels { records.texts.append(text) } else { records.numbers.append(number) }
        }
        if hasWeight { records.weights.append(weight) }
    }
}

/// Fields of columns of numbers.
enum FeatureField {
    /// Where a record's features go.
    @inline(__always)
    static func row(
        _ number: Int, of rows: UnsafeMutableBufferPointer<Double>, _ columns: FeatureColumns
    ) -> UnsafeMutablePointer<Double> {
        let offset = number &* columns.featureCount
        guard let base = rows.baseAddress, offset &+ columns.featureCount <= rows.count else {
            preconditionFailure("more records than a block can hold")
        }
        return base + offset
    }

    /// A feature's value.
    static func number(_ text: UnsafeBufferPointer<UInt8>, column: String) throws(RecordDefect) -> Double {
        guard let value = DecimalScan.double(text), value.isFinite else {
            throw wrong(text, "a finite number", column: column)
        }
        return value
    }

    static func wrong(
        _ text: UnsafeBufferPointer<UInt8>, _ expected: String, column: String
    ) -> RecordDefect {
        if text.contains(0) { return .nulByte }
        if String(validating: text, as: UTF8.self) == nil { return .invalidUTF8(found: RecordDefect.excerpt(text)) }
        return .wrongValue(column: column, expected: expected, found: RecordDefect.excerpt(text))
    }
}
