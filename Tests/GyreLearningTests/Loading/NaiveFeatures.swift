import Gyre
import GyreLearning
import GyreTesting

/// A table as a reader makes it that splits text and asks Swift for numbers.
struct NaiveFeatures: Equatable {
    var names: [String] = []
    var rows: [[Double]] = []
    var labels: [LabelValue] = []
    var weights: [Double] = []

    init() {}

    /// What a table holds, whatever its blocks. Sparse rows are filled up.
    init(_ table: FeatureTable) {
        names = table.schema.features
        for block in table.blocks { append(block) }
    }

    mutating func append(_ block: FeatureBlock) {
        switch block.features {
        case .dense(let dense):
            for row in 0..<dense.rowCount { rows.append((0..<dense.columnCount).map { dense[row, $0] }) }
        case .sparse(let sparse):
            sparse.withUnsafeRows { offsets, columns, values in
                for row in 0..<sparse.rowCount {
                    var full = [Double](repeating: 0, count: sparse.columnCount)
                    for entry in offsets[row]..<offsets[row + 1] { full[Int(columns[entry])] = values[entry] }
                    rows.append(full)
                }
            }
        }
        if let found = block.labels { labels += (0..<found.count).map { found[$0] } }
        weights += block.weights ?? []
    }

    /// Text without quotes, split at commas.
    init(csv text: String, label: String?, weight: String?) {
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = lines[0]
        names = header.filter { $0 != label && $0 != weight }
        let areNumbers = lines.dropFirst().allSatisfy { line in
            label.flatMap { header.firstIndex(of: $0) }.map { Double(line[$0]) != nil } ?? true
        }
        for line in lines.dropFirst() {
            rows.append(zip(header, line).filter { $0.0 != label && $0.0 != weight }.map { Double($0.1) ?? .nan })
            for (name, field) in zip(header, line) {
                if name == label { labels.append(areNumbers ? .number(Double(field) ?? .nan) : .text(field)) }
                if name == weight { weights.append(Double(field) ?? .nan) }
            }
        }
    }
}

/// A random file, and what it is read with.
struct FeatureSample {
    var text = ""
    var label: String?
    var weight: String?

    /// - Parameter lineEnd: also left out behind the last line, by chance.
    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let width = 1 + random.below(6)
        var columns = (0..<width).map { "c\($0)" }
        if random.below(4) != 0 { label = "y" }
        if random.below(3) == 0 { weight = "w" }
        columns += [label, weight].compactMap { $0 }
        columns.shuffle(using: &random)
        // One column: a blank line would be a record.
        let lineEnd = ["\n", "\r\n"][random.below(2)]
        let kind = random.below(4)
        text = columns.joined(separator: ",") + lineEnd
        for _ in 0..<random.below(50) {
            let fields = columns.map { column -> String in
                switch column {
                case "y":
                    kind == 0
                        ? ["red", "green", "a label of more than fifteen bytes", "7"][random.below(4)]
                        : Self.number(&random)
                case "w": "\(random.below(5))"
                default: Self.number(&random)
                }
            }
            text += fields.joined(separator: ",") + lineEnd
        }
        if random.below(2) == 0 { text.removeLast() }
    }

    static func number(_ random: inout SeededGenerator) -> String {
        switch random.below(7) {
        case 0: "\(random.below(100))"
        case 1: "-\(random.below(100)).\(random.below(1000))"
        case 2: "+\(random.below(10))e\(random.below(20) - 10)"
        case 3: "\(Double.random(in: -1...1, using: &random))"
        case 4: ".\(random.next())"
        case 5: "\(random.next())\(random.next()).\(random.below(9))E-\(random.below(40))"
        default: "\(Double.random(in: 0...1, using: &random) * 1e300)"
        }
    }
}
