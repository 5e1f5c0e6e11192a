import GyreColumns

/// Where each key of a built side stands among them, if the keys are distinct and lie close together: no hashes, no
/// comparisons.
///
/// Of each key its number is used (`JoinSide.number`); equal numbers are equal keys. A bit says of each number between
/// the least and the greatest whether it is there, and every 64 bits know how many come before them, so that a key's
/// bit and the bits below it give its rank. The rows stand in the order of their ranks. Two bits a number stay in
/// the second-level cache where a table of row numbers would not, and a probe misses once, for the row itself.
///
/// Succinct rank over a bitmap: Jacobson, *Space-efficient static trees and graphs*, 1989; with one level.
final class DenseKeys {
    /// Numbers that a key may take up, on average: one in so many workers has it, if the keys are in succession. Beyond
    /// that the bits would be as large as what they replace.
    static let mostNumbersPerKey = 32

    private struct Word {
        var bits: UInt64
        /// Keys before the word.
        var before: UInt64
    }

    /// The least number, and how many there are from it to the greatest.
    let base: UInt64
    let span: UInt64
    /// Whether every number between them is there: then a number's rank is its distance from the least.
    let isComplete: Bool
    /// The rows in the order of their keys, by the numbers that they have on their pages.
    let order: UnsafeMutablePointer<UInt32>
    private let memory: LargeBuffer
    private let words: UnsafeMutablePointer<Word>

    /// Looks at the keys of a whole side.
    ///
    /// - Parameters:
    ///   - pages: each of at most 2^`shift` rows; their numbers are given by `number`.
    ///   - count: how many rows they have.
    /// - Returns: nil where keys repeat or lie too far from each other.
    /// - Throws: what a key's closure throws.
    init?(pages: [Batch], count: Int, shift: Int, number: RowRouter) throws {
        guard count > 0, pages.count << shift < UInt32.max else { return nil }
        let numbers = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
        defer { numbers.deallocate() }
        var (first, least, greatest) = (0, UInt64.max, UInt64.min)
        for page in pages where page.count > 0 {
            try number.fill(page, numbers + first)
            for row in first..<(first + page.count) {
                least = min(least, numbers[row])
                greatest = max(greatest, numbers[row])
            }
            first += page.count
        }
        guard greatest - least < UInt64(count) * UInt64(DenseKeys.mostNumbersPerKey) else { return nil }
        (base, span) = (least, greatest - least + 1)
        isComplete = span == UInt64(count)
        let wordCount = Int((span + 63) / 64)
        memory = LargeBuffer(byteCount: wordCount * MemoryLayout<Word>.stride)
        words = memory.base.bindMemory(to: Word.self, capacity: wordCount)
        words.initialize(repeating: Word(bits: 0, before: 0), count: wordCount)
        order = .allocate(capacity: count)
        for row in 0..<count {
            let offset = numbers[row] &- least
            words[Int(truncatingIfNeeded: offset &>> 6)].bits |= 1 &<< (offset & 63)
        }
        var before: UInt64 = 0
        for word in 0..<wordCount {
            words[word].before = before
            before += UInt64(words[word].bits.nonzeroBitCount)
        }
        // A key that repeats has set its bit twice.
        guard before == UInt64(count) else { return nil }
        var row = 0
        for (index, page) in pages.enumerated() {
            for place in 0..<page.count {
                order[DenseKeys.rank(of: numbers[row] &- least, in: words)] = UInt32(index << shift + place)
                row += 1
            }
        }
    }

    deinit { order.deallocate() }

    /// Bytes that a side of so many rows needs beside them while it is looked at, at most: a number and a place a row,
    /// and the bits.
    static func workingBytes(rows: Int) -> Int { rows * (8 + 4 + mostNumbersPerKey / 4) }

    /// How many keys of the side are less than this one of it.
    @inline(__always)
    private static func rank(of offset: UInt64, in words: UnsafeMutablePointer<Word>) -> Int {
        let word = words[Int(truncatingIfNeeded: offset &>> 6)]
        let below = word.bits & (1 &<< (offset & 63) &- 1)
        return Int(truncatingIfNeeded: word.before) &+ below.nonzeroBitCount
    }

    /// Finds the rows that have the keys of some probing rows, without branches that follow the data.
    ///
    /// - Parameters:
    ///   - numbers: of all probing rows; those in `range` are looked for.
    ///   - probing: the probing rows that have found one.
    ///   - built: what they have found: ranks.
    /// - Returns: how many have.
    func find(
        _ numbers: UnsafePointer<UInt64>, _ range: Range<Int>, probing: UnsafeMutablePointer<UInt32>,
        built: UnsafeMutablePointer<UInt32>
    ) -> Int {
        let (base, span, words) = (base, span, words)
        var found = 0
        if isComplete {
            for row in range {
                let offset = numbers[row] &- base
                probing[found] = UInt32(truncatingIfNeeded: row)
                built[found] = UInt32(truncatingIfNeeded: offset)
                found &+= offset < span ? 1 : 0
            }
            return found
        }
        for row in range {
            let offset = numbers[row] &- base
            let isWithin = offset < span
            let place = isWithin ? offset : 0
            let word = words[Int(truncatingIfNeeded: place &>> 6)]
            let below = word.bits & (1 &<< (place & 63) &- 1)
            probing[found] = UInt32(truncatingIfNeeded: row)
            built[found] = UInt32(truncatingIfNeeded: word.before) &+ UInt32(truncatingIfNeeded: below.nonzeroBitCount)
            found &+= Int(truncatingIfNeeded: word.bits &>> (place & 63) & (isWithin ? 1 : 0))
        }
        return found
    }
}
