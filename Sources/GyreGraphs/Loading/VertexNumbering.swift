import GyreOperators

/// From what the input calls a vertex to its position in the order of identifiers.
struct VertexNumbering: Sendable {
    enum Lookup: Sendable {
        /// Position is identifier minus `first`.
        case offset(first: Int64)
        /// Bits that are set before each word, and the words.
        case ranks(first: Int64, words: [UInt64], before: [UInt32])
        /// Ascending integers, with where each of evenly spaced ranges begins.
        case sorted([Int64], RangeIndex)
        /// For each reader, the positions of its local numbers.
        case local([[UInt32]])
    }

    let identifiers: VertexIdentifiers
    let lookup: Lookup

    /// Merges what all readers have seen; summaries come in any order.
    init(_ summaries: [IdentifierSummary]) {
        var strings: [Int: [String]] = [:]
        for case .strings(let reader, let seen) in summaries { strings[reader] = seen }
        if let last = strings.keys.max() {
            self = VertexNumbering(strings: (0...last).map { strings[$0] ?? [] })
        } else {
            self = VertexNumbering(integers: summaries)
        }
    }

    private init(strings readers: [[String]]) {
        var all = readers.flatMap { $0 }
        all.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        all.removeRepeats()
        var positions: [String: UInt32] = [:]
        for (position, string) in all.enumerated() { positions[string] = UInt32(position) }
        identifiers = .strings(all)
        lookup = .local(readers.map { reader in reader.map { positions[$0] ?? 0 } })
    }

    private init(integers summaries: [IdentifierSummary]) {
        if let (first, words) = VertexNumbering.mergedBitmap(summaries) {
            var before: [UInt32] = []
            before.reserveCapacity(words.count)
            var count: UInt32 = 0
            for word in words {
                before.append(count)
                count += UInt32(word.nonzeroBitCount)
            }
            let lowest = words.firstIndex { $0 != 0 }.map { first + Int64($0 * 64 + words[$0].trailingZeroBitCount) }
            let highest = words.lastIndex { $0 != 0 }.map {
                first + Int64($0 * 64 + 63 - words[$0].leadingZeroBitCount)
            }
            if let lowest, let highest, highest - lowest + 1 == Int64(count) {
                identifiers = .range(first: lowest, count: Int(count))
                lookup = .offset(first: lowest)
            } else {
                identifiers = .integers(BitmapMembers.all(first: first, words: words))
                lookup = .ranks(first: first, words: words, before: before)
            }
            return
        }
        var all = summaries.flatMap { summary -> [Int64] in
            switch summary {
            case .bitmap(let first, let words): BitmapMembers.all(first: first, words: words)
            case .integers(let values): values
            case .strings: []
            }
        }
        all.sort()
        all.removeRepeats()
        identifiers = .integers(all)
        lookup = .sorted(all, RangeIndex(all))
    }

    private static func mergedBitmap(_ summaries: [IdentifierSummary]) -> (first: Int64, words: [UInt64])? {
        var merged: (first: Int64, words: [UInt64]) = (0, [])
        for summary in summaries {
            guard case .bitmap(let first, let words) = summary else { return nil }
            if words.isEmpty { continue }
            if merged.words.isEmpty {
                merged = (first, words)
                continue
            }
            let start = min(first, merged.first)
            let end = max(first + Int64(words.count * 64), merged.first + Int64(merged.words.count * 64))
            guard (end - start) / 64 <= 1 << 24 else { return nil }
            var union = [UInt64](repeating: 0, count: Int(end - start) / 64)
            for (part, values) in [(merged.first, merged.words), (first, words)] {
                let shift = Int(part - start) / 64
                for index in values.indices { union[shift + index] |= values[index] }
            }
            merged = (start, union)
        }
        return merged
    }
}

/// Where evenly spaced ranges of sorted integers begin, so that a search looks at few of them.
struct RangeIndex: Sendable {
    private let first: Int64
    private let shift: UInt64
    private let starts: [UInt32]

    init(_ sorted: [Int64]) {
        first = sorted.first ?? 0
        let span = sorted.last.map { UInt64(bitPattern: $0 &- (sorted.first ?? 0)) } ?? 0
        var shift: UInt64 = 0
        while span >> shift >= UInt64(max(sorted.count * 2, 2)) { shift += 1 }
        self.shift = shift
        var starts = [UInt32](repeating: 0, count: Int(span >> shift) + 2)
        for value in sorted { starts[Int(UInt64(bitPattern: value &- first) >> shift) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        self.starts = starts
    }

    /// The position of a value that is one of the sorted integers.
    func position(of value: Int64, in sorted: [Int64]) -> UInt32 {
        let range = Int(UInt64(bitPattern: value &- first) >> shift)
        var (low, high) = (Int(starts[range]), Int(starts[range + 1]))
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return UInt32(low)
    }
}
