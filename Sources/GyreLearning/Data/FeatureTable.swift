public import Gyre

/// A data set in memory: blocks of rows in the order of the input, that estimators are fitted on.
///
/// Reading a file, or collecting a stream, is a job of its own; what it leaves is used by others, as often as they like.
public struct FeatureTable: Sendable {
    public let schema: FeatureSchema
    /// In order, none empty.
    public let blocks: [FeatureBlock]
    public let rowCount: Int
    /// Records of the input that were left out.
    public let rejected: Int
    /// What the data and what is trained on them may take of memory.
    public let account: MemoryAccount
    /// What the blocks have taken of the account; given back with the last copy of the table.
    private let lease: MemoryLease?
    /// The place of each block's first row, and the number of rows.
    private let offsets: [Int]

    /// Puts blocks in the given order together.
    ///
    /// - Parameter lease: what the blocks have taken of the account.
    /// - Precondition: each block has the schema's features, and labels and weights where the schema has them.
    public init(
        schema: FeatureSchema, blocks: [FeatureBlock], rejected: Int = 0,
        account: MemoryAccount = MemoryAccount(budget: nil), lease: MemoryLease? = nil
    ) {
        self.schema = schema
        self.blocks = blocks.filter { $0.rowCount > 0 }
        self.rejected = rejected
        self.account = account
        self.lease = lease
        var offsets = [0]
        for block in self.blocks {
            precondition(
                block.columnCount == schema.features.count,
                "a block of \(block.columnCount) columns for \(schema.features.count) features")
            precondition((block.labels?.kind) == schema.label?.kind, "a block's labels are not those of the schema")
            precondition((block.weights == nil) == (schema.weight == nil), "a block's weights do not fit the schema")
            offsets.append(offsets[offsets.count - 1] + block.rowCount)
        }
        self.offsets = offsets
        rowCount = offsets[offsets.count - 1]
    }

    /// Takes rows that are in memory, row by row; they are not copied.
    ///
    /// - Parameters:
    ///   - features: the features' names; `x0`, `x1` … by default.
    ///   - memoryBudget: bytes that training may take besides the rows; nil is no limit.
    /// - Precondition: `rows` are whole rows, with a label and a weight each where there are any.
    public init(
        rows: [Double], columnCount: Int, labels: LabelColumn? = nil, weights: [Double]? = nil,
        features: [String]? = nil, memoryBudget: Int? = nil
    ) {
        let names = features ?? FeatureSchema.names(count: columnCount)
        self.init(
            schema: FeatureSchema(
                features: names, label: labels.map { FeatureSchema.Label(name: "label", kind: $0.kind) },
                weight: weights == nil ? nil : "weight"),
            blocks: [
                FeatureBlock(
                    features: .dense(DenseRows(rows, columnCount: columnCount)), labels: labels,
                    weights: weights.map { ArraySlice($0) })
            ], account: MemoryAccount(budget: memoryBudget))
    }

    /// Keeps the blocks of a stream, in the order of their places. Runs the stream's job; blocks the caller. A place for
    /// checkpoints is that of a training, and is left alone here. A label or a weight that some block lacks is left out.
    ///
    /// - Throws: what the job throws; `MemoryError` where the blocks do not fit the account's budget.
    public static func collect(
        _ stream: DataStream<FeatureBlock>, schema: FeatureSchema,
        account: MemoryAccount = MemoryAccount(budget: nil), configuration: JobConfiguration = JobConfiguration()
    ) throws -> FeatureTable {
        let taken = ChunkValue(0)
        let kept = stream.map(with: (account, taken), name: "keep") { block, places in
            let (account, taken) = places
            try account.take(block.byteCount, for: "keep")
            taken.change { $0 += block.byteCount }
            return block
        }
        var plain = configuration
        plain.checkpoint = nil
        var (schema, blocks) = (schema, [FeatureBlock]())
        do {
            blocks = try kept.rows(plain).sorted { $0.place < $1.place }
        } catch {
            account.release(taken.value)
            throw error
        }
        // Optional columns that some block lacks are of no use.
        if blocks.contains(where: { $0.labels == nil }) { schema.label = nil }
        if blocks.contains(where: { $0.weights == nil }) { schema.weight = nil }
        for index in blocks.indices {
            if schema.label == nil { blocks[index].labels = nil }
            if schema.weight == nil { blocks[index].weights = nil }
        }
        return FeatureTable(
            schema: schema, blocks: blocks, account: account, lease: account.lease(taken: taken.value))
    }

    /// The features of a row, zeros of sparse rows included. For who looks at few.
    ///
    /// - Complexity: O(log blocks + features).
    public func row(_ row: Int) -> [Double] {
        precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
        var (low, high) = (0, blocks.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offsets[middle] <= row { low = middle } else { high = middle }
        }
        var values = [Double](repeating: 0, count: schema.features.count)
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            blocks[low].features.add(row: row - offsets[low], to: base)
        }
        return values
    }

    /// The rows of a range, in pieces that lie in one block each.
    func pieces(of rows: Range<Int>) -> [FeatureBlock] {
        var pieces: [FeatureBlock] = []
        for (index, block) in blocks.enumerated() {
            let own = rows.clamped(to: offsets[index]..<offsets[index + 1])
            guard !own.isEmpty else { continue }
            pieces.append(block.rows(own.lowerBound - offsets[index]..<own.upperBound - offsets[index]))
        }
        return pieces
    }

    /// Names the first value that is no finite number: for who has found that there is one.
    public func locateNotFinite() -> LearningError? {
        for (block, offset) in zip(blocks, offsets) {
            if let place = block.features.firstNotFinite {
                return .notFinite(column: schema.features[place.column], row: offset + place.row)
            }
            if case .numbers(let labels)? = block.labels, let row = labels.firstIndex(where: { !$0.isFinite }) {
                return .notFinite(column: schema.label?.name ?? "label", row: offset + row - labels.startIndex)
            }
            if let weights = block.weights, let row = weights.firstIndex(where: { !$0.isFinite }) {
                return .notFinite(column: schema.weight ?? "weight", row: offset + row - weights.startIndex)
            }
        }
        return nil
    }
}
