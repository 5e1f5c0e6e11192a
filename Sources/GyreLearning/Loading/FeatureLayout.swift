import GyreFormats
import Synchronization

/// Which columns are wanted, and what has been learned of them: one for each reading of an input.
///
/// A table learns its features from the first file; a stream for scoring is told them. Columns of other files are then
/// found by name.
final class FeatureLayout: Sendable {
    private struct State {
        /// The features' names in order; nil before the first file.
        var features: [String]?
        var labels: FeatureLabels
        /// Whether a file with records has been begun: labels behind its first one are decided by reading.
        var hasBegun = false
    }

    let label: String?
    let weight: String?
    /// Whether label and weight must be there.
    let needsLabel: Bool
    let needsWeight: Bool
    private let state: Mutex<State>

    /// A layout to be learned.
    init(label: String?, weight: String?, labels: FeatureLabels) {
        self.label = label
        self.weight = weight
        needsLabel = label != nil
        needsWeight = weight != nil
        state = Mutex(State(labels: labels))
    }

    /// The layout of a schema.
    init(_ schema: FeatureSchema, requiresLabel: Bool, requiresWeight: Bool) {
        label = schema.label?.name
        weight = schema.weight
        needsLabel = requiresLabel && label != nil
        needsWeight = requiresWeight && weight != nil
        state = Mutex(State(features: schema.features, labels: schema.label?.kind == .text ? .texts : .numbers))
    }

    var labels: FeatureLabels { state.withLock { $0.labels } }

    /// Saves a second reading where the very first label is a text.
    ///
    /// - Parameter record: the fields of the first record, by the columns' places.
    func decideLabels(by record: [[UInt8]], _ columns: FeatureColumns) {
        let isFirst = state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        guard isFirst, case .undecided = labels,
            let place = columns.places.firstIndex(of: FeatureColumns.label), place < record.count,
            !record[place].isEmpty
        else { return }
        let isText = record[place].withUnsafeBufferPointer {
            DecimalScan.double($0) == nil && !DecimalScan.namesNonFinite($0)
        }
        if isText { state.withLock { $0.labels = .texts } }
    }

    /// The features' names, once they are known.
    var features: [String]? { state.withLock { $0.features } }

    /// Features by number, from 1, which no file names.
    func takeFeatures(count: Int) {
        state.withLock { $0.features = (1...max(1, count)).prefix(count).map { "x\($0)" } }
    }

    /// What has been learned. Labels that nobody has seen are numbers.
    var schema: FeatureSchema {
        let (features, labels) = state.withLock { ($0.features ?? [], $0.labels) }
        let kind: FeatureSchema.LabelKind = if case .texts = labels { .text } else { .number }
        return FeatureSchema(
            features: features, label: label.map { FeatureSchema.Label(name: $0, kind: kind) }, weight: weight)
    }

    /// Finds the columns of a file; the first teaches which the features are.
    ///
    /// - Throws: `FormatError` where a column is missing, or is there twice.
    func columns(named names: [String], in path: String) throws(FormatError) -> FeatureColumns {
        let wanted: [String]
        if let features { wanted = features } else { wanted = try learn(names, path) }
        var places: [String: Int32] = [:]
        if let label { places[label] = FeatureColumns.label }
        if let weight { places[weight] = FeatureColumns.weight }
        // Last: each feature must be read, or its place would be left as it is.
        for (place, name) in wanted.enumerated() { places[name] = Int32(place) }
        var found: Set<String> = []
        var targets: [Int32] = []
        for name in names {
            let place = places[name] ?? FeatureColumns.skipped
            if place != FeatureColumns.skipped, !found.insert(name).inserted {
                throw .repeatedColumn(path: path, name: name)
            }
            targets.append(place)
        }
        var needed = wanted
        if needsLabel, let label { needed.append(label) }
        if needsWeight, let weight { needed.append(weight) }
        if let missing = needed.first(where: { !found.contains($0) }) {
            throw .missingColumn(path: path, name: missing)
        }
        return FeatureColumns(names: names, places: targets, featureCount: wanted.count)
    }

    private func learn(_ names: [String], _ path: String) throws(FormatError) -> [String] {
        for name in [label, weight] {
            if let name, !names.contains(name) { throw .unknownColumn(path: path, name: name, columns: names) }
        }
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted { throw .repeatedColumn(path: path, name: name) }
        let features = names.filter { $0 != label && $0 != weight }
        guard !features.isEmpty else {
            throw .badHeader(path: path, expected: "a column of features", found: "none")
        }
        state.withLock { $0.features = features }
        return features
    }
}
