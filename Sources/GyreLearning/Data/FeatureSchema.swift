/// What the columns of a data set are: features by name, in order, all of them numbers; and the label and the weight,
/// where there are any.
public struct FeatureSchema: Codable, Equatable, Sendable {
    /// What labels are.
    public enum LabelKind: String, Codable, Sendable {
        case number, text
    }

    /// The column to be predicted.
    public struct Label: Codable, Equatable, Sendable {
        public var name: String
        public var kind: LabelKind

        public init(name: String, kind: LabelKind) {
            self.name = name
            self.kind = kind
        }
    }

    /// The features' names, distinct.
    public var features: [String]
    public var label: Label?
    /// The column of the rows' weights.
    public var weight: String?

    /// - Precondition: no two features have one name.
    public init(features: [String], label: Label? = nil, weight: String? = nil) {
        precondition(Set(features).count == features.count, "two features have one name: \(features)")
        self.features = features
        self.label = label
        self.weight = weight
    }

    /// Whether no two columns have one name.
    var hasDistinctNames: Bool {
        let names = features + [label?.name, weight].compactMap { $0 }
        return Set(names).count == names.count
    }

    /// The names that features without any get: `x0`, `x1` …
    public static func names(count: Int) -> [String] { (0..<count).map { "x\($0)" } }
}
