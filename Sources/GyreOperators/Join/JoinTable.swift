import GyreColumns

/// A hash table over the pages of a built side.
///
/// A slot is 8 bytes: the upper half of the hash (the salt) and the number of the first row with it; rows with the same
/// salt in the same run of slots are linked, in the order in which they came. So a probe loads a slot and, where the
/// salt agrees, the row itself, which it needs anyway: keys are compared in the rows, never kept in the table. Links are
/// only there if two rows agree. A table is made at once for all rows, which are known by then, with two slots a row.
///
/// Where keys are dense, there are neither slots nor salts, but `DenseKeys`, and a row's number is its rank.
///
/// It is a final class of constants: a loop copies what it needs to locals first.
final class JoinTable {
    /// How many rows there are.
    let count: Int
    private let slotMemory: LargeBuffer
    private let slots: UnsafeMutablePointer<UInt64>
    private let slotCount: UInt64
    /// The number, plus one, of the next row with the same salt, by row number; 0 at the end.
    let next: UnsafeMutablePointer<UInt32>?
    /// 1 for rows that have had a partner, by row number.
    let marks: UnsafeMutablePointer<UInt8>?
    let pages: [Batch]
    /// What finds rows, instead of slots, where keys are dense.
    let dense: DenseKeys?
    private let bases: UnsafeMutablePointer<UnsafeRawPointer>
    private let stride: Int
    private let shift: UInt32

    /// - Parameters:
    ///   - pages: with hashes, each of at most 2^`shift` rows.
    ///   - marks: whether it has to be known which rows have partners.
    ///   - dense: of pages in the order of their keys.
    init(pages: [Batch], shift: Int, stride: Int, marks needsMarks: Bool, dense: DenseKeys? = nil) {
        let count = pages.reduce(0) { $0 + $1.count }
        let numbers = pages.count << shift
        precondition(numbers < UInt32.max, "a table of \(numbers) rows, expected fewer than 2^32")
        let slotCount = dense == nil ? max(16, 2 * count) : 1
        let slotMemory = LargeBuffer(byteCount: 8 * slotCount)
        let slots = slotMemory.base.bindMemory(to: UInt64.self, capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
        var next: UnsafeMutablePointer<UInt32>?
        // From the last row to the first, each before those that it finds: chains are in the order of rows.
        for page in pages.indices.reversed() where dense == nil {
            guard let hashes = pages[page].hashes else { continue }
            var row = pages[page].count - 1
            while row >= 0 {
                let hash = hashes[row]
                let number = page << shift + row
                let salt = hash &>> 32
                var slot = JoinTable.slot(of: hash, among: UInt64(slotCount))
                var entry = slots[slot]
                while entry != 0, entry &>> 32 != salt {
                    slot += 1
                    if slot == slotCount { slot = 0 }
                    entry = slots[slot]
                }
                if entry != 0 {
                    if next == nil {
                        next = .allocate(capacity: numbers)
                        next?.initialize(repeating: 0, count: numbers)
                    }
                    next?[number] = UInt32(truncatingIfNeeded: entry)
                }
                slots[slot] = salt &<< 32 | UInt64(number + 1)
                row -= 1
            }
        }
        self.count = count
        self.slots = slots
        self.slotMemory = slotMemory
        self.slotCount = UInt64(slotCount)
        self.next = next
        self.pages = pages
        self.dense = dense
        self.stride = stride
        self.shift = UInt32(shift)
        bases = .allocate(capacity: max(1, pages.count))
        for (index, page) in pages.enumerated() { (bases + index).initialize(to: UnsafeRawPointer(page.base)) }
        marks = needsMarks ? .allocate(capacity: max(1, numbers)) : nil
        resetMarks()
    }

    deinit {
        next?.deallocate()
        marks?.deallocate()
        bases.deallocate()
    }

    /// Marks as they were when the table was made: by the lowest bit of the hash.
    func resetMarks() {
        guard let marks else { return }
        for (index, page) in pages.enumerated() {
            guard let hashes = page.hashes else { preconditionFailure("a page without hashes, that hold its marks") }
            for row in 0..<page.count { marks[index << Int(shift) + row] = UInt8(truncatingIfNeeded: hashes[row] & 1) }
        }
    }

    @inline(__always)
    private static func slot(of hash: UInt64, among slots: UInt64) -> Int {
        Int(truncatingIfNeeded: ((hash & 0xffff_fffe) &* slots) &>> 32)
    }

    /// Finds, for each hash, the first row that may have its key: its number plus one, or 0.
    ///
    /// In passes over all rows, so that misses, which do not depend on each other, are under way together, and without
    /// branches that follow the data. Rows whose slot is taken by another salt are looked for again in the next one.
    ///
    /// - Parameter open: scratch of a number a row.
    func find(
        _ hashes: UnsafePointer<UInt64>, _ count: Int, entries: UnsafeMutablePointer<UInt64>,
        heads: UnsafeMutablePointer<UInt32>, open: UnsafeMutablePointer<UInt32>
    ) {
        let (slots, slotCount) = (slots, slotCount)
        for row in 0..<count { entries[row] = slots[JoinTable.slot(of: hashes[row], among: slotCount)] }
        var left = 0
        for row in 0..<count {
            let entry = entries[row]
            heads[row] = UInt32(truncatingIfNeeded: entry)
            open[left] = UInt32(truncatingIfNeeded: row)
            left &+= JoinTable.isTaken(entry, hashes[row])
        }
        var step = 1
        while left > 0 {
            let looking = left
            left = 0
            for index in 0..<looking {
                let row = Int(truncatingIfNeeded: open[index])
                var slot = JoinTable.slot(of: hashes[row], among: slotCount) &+ step
                if slot >= Int(truncatingIfNeeded: slotCount) { slot &-= Int(truncatingIfNeeded: slotCount) }
                let entry = slots[slot]
                heads[row] = UInt32(truncatingIfNeeded: entry)
                open[left] = UInt32(truncatingIfNeeded: row)
                left &+= JoinTable.isTaken(entry, hashes[row])
            }
            step &+= 1
        }
    }

    /// 1 if a slot holds another salt, 0 if it is free or holds this one.
    @inline(__always)
    private static func isTaken(_ entry: UInt64, _ hash: UInt64) -> Int {
        let differs = (entry ^ hash) &>> 32
        return (entry == 0 ? 0 : 1) & (differs == 0 ? 0 : 1)
    }

    /// Writes the addresses of rows.
    func addresses(
        of numbers: UnsafePointer<UInt32>, _ count: Int, into addresses: UnsafeMutablePointer<UnsafeRawPointer>
    ) {
        let (bases, stride, shift, mask) = (bases, stride, shift, UInt32(1) &<< shift &- 1)
        for index in 0..<count {
            let number = numbers[index]
            addresses[index] =
                bases[Int(truncatingIfNeeded: number &>> shift)]
                + Int(truncatingIfNeeded: number & mask) &* stride
        }
    }

    /// Collects addresses of rows whose mark is as given, from `place` on; it moves on.
    func collect(
        marked: Bool, from place: inout Int, upTo limit: Int, into addresses: UnsafeMutablePointer<UnsafeRawPointer>
    ) -> Int {
        guard let marks else { return 0 }
        let wanted: UInt8 = marked ? 1 : 0
        var found = 0
        while found < limit {
            let page = place >> Int(shift)
            guard page < pages.count else { break }
            let row = place - page << Int(shift)
            if row >= pages[page].count {
                place = (page + 1) << Int(shift)
                continue
            }
            let (base, end) = (bases[page], pages[page].count)
            var index = row
            while index < end, found < limit {
                if marks[page << Int(shift) + index] == wanted {
                    addresses[found] = base + index * stride
                    found += 1
                }
                index += 1
            }
            place = page << Int(shift) + index
        }
        return found
    }
}
