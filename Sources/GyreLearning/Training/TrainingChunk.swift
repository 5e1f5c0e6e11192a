/// A fixed range of a table's rows, in pieces that lie in one block each.
public struct TrainingChunk: Sendable {
    /// The chunk's place among the chunks.
    public let index: Int
    /// Which rows of the table it has.
    public let rows: Range<Int>
    /// The rows, in order; views, nothing is copied.
    public let pieces: [FeatureBlock]

    init(index: Int, rows: Range<Int>, of table: FeatureTable) {
        self.index = index
        self.rows = rows
        pieces = table.pieces(of: rows)
    }

    /// Gives the chunk's rows in pieces of at most `most` rows, which a cache can hold; `first` is the place of a piece's
    /// first row within the chunk.
    @inlinable
    public func forEachPiece(ofRows most: Int, _ body: (_ piece: FeatureBlock, _ first: Int) throws -> Void) rethrows {
        var first = 0
        for piece in pieces {
            var start = 0
            while start < piece.rowCount {
                let end = min(start + most, piece.rowCount)
                try body(piece.rows(start..<end), first + start)
                start = end
            }
            first += piece.rowCount
        }
    }
}
