import GyreOperators

/// The identifiers that one reader has seen.
enum IdentifierSummary: Sendable {
    /// Integers within a narrow range: a bit each, from `first` on, which is a multiple of 64.
    case bitmap(first: Int64, words: [UInt64])
    /// Integers, ascending, each once.
    case integers([Int64])
    /// Strings by the local number under which the reader's chunks name them.
    case strings(reader: Int, [String])
}

/// Collects the identifiers of integer edges: a bitmap while their range is narrow, else all of them.
struct IntegerIdentifiers {
    /// A range is narrow when its bitmap is at most this many words (64 MiB).
    private static let largestBitmap = 1 << 23

    private var first: Int64 = 0
    private var words: [UInt64] = []
    private var isWide = false
    private var scattered: [Int64] = []

    /// Notes the ends of the edges of a chunk.
    mutating func insert(_ chunk: EdgeChunk) {
        guard chunk.count > 0 else { return }
        if let pairs = chunk.narrow, !isWide {
            insert(narrow: pairs, count: chunk.count)
        } else if let pairs = chunk.narrow {
            for index in 0..<chunk.count {
                scattered.append(Int64(pairs.base[index] >> 32))
                scattered.append(Int64(pairs.base[index] & 0xffff_ffff))
            }
            compactIfLarge()
        } else if let ends = chunk.wide {
            insert(ends.elements)
        }
    }

    /// Notes single identifiers.
    mutating func insert(_ identifiers: some Collection<Int64>) {
        guard let lowest = identifiers.min(), let highest = identifiers.max() else { return }
        if !isWide, makeRoom(lowest, highest) {
            for identifier in identifiers {
                let bit = Int(identifier - first)
                words[bit >> 6] |= 1 << UInt64(bit & 63)
            }
        } else {
            scattered += identifiers
            compactIfLarge()
        }
    }

    /// What has been seen.
    consuming func summary() -> IdentifierSummary {
        if !isWide { return .bitmap(first: first, words: words) }
        scattered.sort()
        scattered.removeRepeats()
        return .integers(scattered)
    }

    private mutating func insert(narrow pairs: SharedVector<UInt64>, count: Int) {
        var highest: UInt64 = 0
        var lowest = UInt64.max
        let base = pairs.base
        for index in 0..<count {
            let (source, target) = (base[index] >> 32, base[index] & 0xffff_ffff)
            highest = max(highest, source, target)
            lowest = min(lowest, source, target)
        }
        guard makeRoom(Int64(lowest), Int64(highest)) else { return insert(chunkEnds(pairs, count)) }
        let first = UInt64(bitPattern: first)
        words.withUnsafeMutableBufferPointer { words in
            for index in 0..<count {
                let source = base[index] >> 32 &- first
                let target = base[index] & 0xffff_ffff &- first
                words[Int(source >> 6)] |= 1 << (source & 63)
                words[Int(target >> 6)] |= 1 << (target & 63)
            }
        }
    }

    private func chunkEnds(_ pairs: SharedVector<UInt64>, _ count: Int) -> [Int64] {
        (0..<count).flatMap { [Int64(pairs.base[$0] >> 32), Int64(pairs.base[$0] & 0xffff_ffff)] }
    }

    /// Widens the bitmap to a range; false, and a list from now on, when it would be too large.
    private mutating func makeRoom(_ lowest: Int64, _ highest: Int64) -> Bool {
        let oldEnd = words.isEmpty ? highest : first + Int64(words.count * 64 - 1)
        let from = (words.isEmpty ? lowest : min(lowest, first)) & ~63
        let (span, overflow) = max(highest, oldEnd).subtractingReportingOverflow(from)
        guard !overflow, span / 64 < IntegerIdentifiers.largestBitmap else {
            isWide = true
            scattered = Array(members)
            words = []
            return false
        }
        let count = Int(span / 64) + 1
        if words.isEmpty {
            words = [UInt64](repeating: 0, count: count)
        } else {
            if from < first { words.insert(contentsOf: repeatElement(0, count: Int(first - from) / 64), at: 0) }
            if words.count < count {
                // Grow ahead, so that ascending input does not copy the bitmap with every block.
                let ahead = min(IntegerIdentifiers.largestBitmap, count + count / 2)
                words += repeatElement(0, count: ahead - words.count)
            }
        }
        first = from
        return true
    }

    private var members: [Int64] { BitmapMembers.all(first: first, words: words) }

    private mutating func compactIfLarge() {
        guard scattered.count > 1 << 24, scattered.count > 2 * compactedCount else { return }
        scattered.sort()
        scattered.removeRepeats()
        compactedCount = scattered.count
    }

    private var compactedCount = 0
}

/// The members of a bitmap, ascending.
enum BitmapMembers {
    static func all(first: Int64, words: [UInt64]) -> [Int64] {
        var members: [Int64] = []
        members.reserveCapacity(words.reduce(0) { $0 + $1.nonzeroBitCount })
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                members.append(first + Int64(index * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return members
    }
}

extension Array where Element: Equatable {
    /// Keeps one of equal neighbours.
    mutating func removeRepeats() {
        guard var last = first else { return }
        var kept = 1
        for index in 1..<Swift.max(count, 1) where self[index] != last {
            last = self[index]
            self[kept] = last
            kept += 1
        }
        removeLast(count - kept)
    }
}
