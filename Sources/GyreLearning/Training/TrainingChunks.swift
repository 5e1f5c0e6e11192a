import GyreOperators

/// Cuts a table's rows into the chunks of a training.
///
/// How many depends on the table and the program alone, never on workers: chunks of at least 4,096 rows, at most 256 of
/// them, and fewer, down to 16, where parts would take more than 64 MiB together apart from what they keep of rows.
struct TrainingChunks: Sendable {
    static let leastRows = 4096
    static let most = 256
    static let least = 16
    static let partBytes = 64 << 20

    let rowCount: Int
    let count: Int

    init(rowCount: Int, fixedPartBytes: Int) {
        self.rowCount = rowCount
        let affordable = max(Self.least, Self.partBytes / max(1, fixedPartBytes))
        count = max(1, min((rowCount + Self.leastRows - 1) / Self.leastRows, Self.most, affordable))
    }

    func rows(_ chunk: Int) -> Range<Int> {
        Share.start(
            of: chunk, among: count, total: rowCount)..<Share.start(
                of: chunk + 1, among: count, total: rowCount)
    }
}
