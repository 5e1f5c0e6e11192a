/// Scratch of a probe: columns by row of its batch, and by candidate.
struct JoinColumns: ~Copyable {
    /// By row of the batch: the slot that the hash chose, and the number plus one of the first candidate.
    private(set) var entries = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private(set) var heads = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    /// By row of the batch: 1 if it has a partner.
    private(set) var matched = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    /// Rows that are still looking for one.
    private(set) var waiting = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    private var rows = 1
    /// By candidate: the row of the batch, the number of the built row, and the addresses of both.
    let probing: UnsafeMutablePointer<UInt32>
    let built: UnsafeMutablePointer<UInt32>
    let probingRows: UnsafeMutablePointer<UnsafeRawPointer>
    let builtRows: UnsafeMutablePointer<UnsafeRawPointer>
    /// The places of candidates whose keys agree.
    let kept: UnsafeMutablePointer<UInt32>

    init(limit: Int) {
        probing = .allocate(capacity: limit)
        built = .allocate(capacity: limit)
        probingRows = .allocate(capacity: limit)
        builtRows = .allocate(capacity: limit)
        kept = .allocate(capacity: limit)
    }

    deinit {
        entries.deallocate()
        heads.deallocate()
        matched.deallocate()
        waiting.deallocate()
        probing.deallocate()
        built.deallocate()
        probingRows.deallocate()
        builtRows.deallocate()
        kept.deallocate()
    }

    mutating func makeRoom(forRows count: Int) {
        guard count > rows else { return }
        entries.deallocate()
        heads.deallocate()
        matched.deallocate()
        waiting.deallocate()
        entries = .allocate(capacity: count)
        heads = .allocate(capacity: count)
        matched = .allocate(capacity: count)
        waiting = .allocate(capacity: count)
        rows = count
    }

    /// Moves the candidates at the first `count` places of `kept` to the front.
    func keep(_ count: Int) {
        for index in 0..<count {
            let place = Int(kept[index])
            probing[index] = probing[place]
            built[index] = built[place]
            probingRows[index] = probingRows[place]
            builtRows[index] = builtRows[place]
        }
    }
}
