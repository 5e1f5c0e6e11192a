import GyreColumns

/// How a built side is cut: pages of rows in memory, partitions by hash where it does not fit.
///
/// The hash of a key serves four purposes, each with bits of its own, so that rows which agree in one do not crowd in
/// another: the highest 12 chose the worker, 20 below them choose partitions, a level of the recursion at a time; the
/// upper 32 are the salt in a table's slot, the lower 32 choose the slot. The lowest bit is not a hash's at all in the
/// pages of a built side: it says that the row had a partner before a snapshot was taken.
struct JoinLayout {
    /// Beyond these bits of the hash a partition is not cut any further.
    private static let partitionBits = 20
    private static let firstPartitionBit = 52

    /// Bytes of a table that a row takes: two slots and its link.
    static let tableBytes = 16 + 4

    /// Bytes of memory that a row of a page takes at most, with its hash, its part of the table and its mark.
    let rowBytes: Int
    /// Rows a page, as a power of two.
    let shift: Int
    /// Partitions a level, as a power of two.
    let fanOutBits: Int

    init(_ elements: ElementType, floor: Int) {
        rowBytes = elements.stride + 8 + JoinLayout.tableBytes + 1
        fanOutBits = floor >= 1 << 20 ? 5 : 3
        // An open page and a frame for each partition of both sides fit in a quarter of the floor.
        let target = min(256 << 10, (floor / 16) >> fanOutBits)
        let rows = max(1, target / rowBytes)
        shift = min(16, Int.bitWidth - 1 - rows.leadingZeroBitCount)
    }

    var pageRows: Int { 1 << shift }
    var pageBytes: Int { rowBytes << shift }
    var partitions: Int { 1 << fanOutBits }

    /// Memory of open pages and frames.
    var workingBytes: Int { 2 * partitions * pageBytes }

    /// The level from which on partitions are joined block by block.
    var levels: Int { JoinLayout.partitionBits / fanOutBits }

    /// The lowest bit that chooses the partition on a level.
    func partitionShift(level: Int) -> UInt64 {
        UInt64(JoinLayout.firstPartitionBit - fanOutBits * (level + 1))
    }

    /// Writes the partition of each hash.
    func partitions(
        of hashes: UnsafePointer<UInt64>, _ count: Int, level: Int, into targets: UnsafeMutablePointer<UInt32>
    ) {
        let (shift, mask) = (partitionShift(level: level), UInt64(partitions - 1))
        for row in 0..<count { targets[row] = UInt32(truncatingIfNeeded: (hashes[row] &>> shift) & mask) }
    }
}
