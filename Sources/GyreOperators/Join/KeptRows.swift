import GyreColumns

/// Rows that are read again and again, batch by batch: in memory as far as the grant goes, the rest on disk.
struct KeptRows {
    private let elements: ElementType
    private let memory: MemoryGrant
    private let spill: any SpillArea
    private var resident: [Batch] = []
    private var residentBytes = 0
    private var writer: SpillWriter?
    private var run: SpillRun?

    init(_ elements: ElementType, _ context: OperatorContext) {
        self.elements = elements
        memory = context.memory
        spill = context.spill
    }

    /// Keeps a batch.
    ///
    /// - Throws: `SpillError`, or `CodecError.unsupported` if rows that have to be spilled cannot be.
    mutating func append(_ batch: Batch) throws {
        let bytes = elements.estimatedBytes(of: batch)
        // Once rows are on disk all further ones go there, so that the order stays.
        if writer == nil, memory.reserve(bytes) {
            resident.append(batch)
            residentBytes += bytes
            return
        }
        if writer == nil { writer = try SpillWriter(to: spill.makeFile(), elements) }
        try writer?.append(batch)
    }

    /// No rows follow.
    mutating func finish() throws {
        run = try writer?.finish()
        writer = nil
    }

    mutating func removeAll() {
        memory.release(residentBytes)
        self = KeptRows(elements: elements, memory: memory, spill: spill)
    }

    private init(elements: ElementType, memory: MemoryGrant, spill: any SpillArea) {
        self.elements = elements
        self.memory = memory
        self.spill = spill
    }

    /// Begins at the first row.
    func reader() throws -> Reader {
        Reader(resident: resident, rest: try run.map { try SpillReader($0) })
    }

    /// Reads the rows once.
    struct Reader {
        fileprivate var resident: [Batch]
        fileprivate var rest: SpillReader?
        private var position = 0

        fileprivate init(resident: [Batch], rest: SpillReader?) {
            self.resident = resident
            self.rest = rest
        }

        /// The next batch, which is read only; nil at the end.
        mutating func next() throws -> Batch? {
            if position < resident.count {
                position += 1
                return resident[position - 1]
            }
            return try rest?.next()
        }
    }

    /// Writes all rows.
    mutating func snapshot(into writer: inout ByteWriter) throws {
        // What the spill writer holds must be on disk to be read; the run is still open.
        try self.writer?.flush()
        var batches = resident
        if let open = try run ?? self.writer?.finish() {
            var spilled = try SpillReader(open)
            while let batch = try spilled.next() { batches.append(batch) }
        }
        try writer.write(batches: batches, by: elements)
    }
}
