import GyreColumns

/// When and how the bytes are estimated that keys and values own outside their table.
struct KeyedEstimate {
    /// Entries that are looked at.
    static var sampledEntries: Int { 32 }

    private let isNeeded: Bool
    private let floor: Int
    private var unseen = 0
    private var interval = 64
    private var turn: UInt64 = 0
    /// Bytes that are reserved for what the entries own.
    var reserved = 0

    init(isNeeded: Bool, floor: Int) {
        self.isNeeded = isNeeded
        self.floor = floor
    }

    /// Forgets the entries; what was reserved for them is to be released.
    mutating func restart() -> Int {
        defer { reserved = 0 }
        unseen = 0
        interval = 64
        return reserved
    }

    /// Counts rows; true when it is time to look again.
    mutating func isDue(after rows: Int) -> Bool {
        guard isNeeded else { return false }
        unseen += rows
        return unseen >= interval
    }

    /// Where the next sample begins.
    mutating func start(in slots: Int) -> Int {
        turn &+= 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: turn.multipliedFullWidth(by: UInt64(slots)).high)
    }

    /// What all entries own, from some of them.
    mutating func bytes(of sample: Batch, outOf count: Int, by elements: ElementType) -> Int {
        guard sample.count > 0 else { return reserved }
        let each = max(0, elements.estimatedBytes(of: sample) / sample.count - elements.stride)
        unseen = 0
        // Between two looks no more comes than a sixteenth of the floor, if rows are as large as entries.
        interval = max(64, min(4096, floor / 16 / max(1, each + elements.stride)))
        return each * count
    }
}
