/// Where the fields of a file's columns go, by the columns' places in the file.
package struct FeatureColumns: Sendable {
    /// What is not a place among the features.
    package static let skipped: Int32 = -1
    package static let label: Int32 = -2
    package static let weight: Int32 = -3

    /// The columns' names, for errors.
    package let names: [String]
    /// The feature that a column is, from 0, or one of the above.
    package let places: [Int32]
    package let featureCount: Int
    package var hasLabel: Bool { places.contains(Self.label) }
    package var hasWeight: Bool { places.contains(Self.weight) }

    package init(names: [String], places: [Int32], featureCount: Int) {
        self.names = names
        self.places = places
        self.featureCount = featureCount
    }
}

/// How the labels of a file are read.
package enum FeatureLabels: Sendable {
    /// As numbers until one is found that is none, which ends the reading with `LabelIsText`.
    case undecided
    /// As numbers; others are bad records.
    case numbers
    case texts
}

/// A label that is no number, where all before it were: the reading has to begin again with labels as texts.
package struct LabelIsText: Error {
    package init() {}
}
