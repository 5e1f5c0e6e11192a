public import GyreOperators

/// A row and its number.
public struct IndexedRow<Row: Sendable>: Sendable {
    public var index: Int
    public var row: Row

    public init(index: Int, row: Row) {
        self.index = index
        self.row = row
    }
}

extension IndexedRow: Equatable where Row: Equatable {}
extension IndexedRow: Hashable where Row: Hashable {}
extension IndexedRow: Encodable where Row: Encodable {}
extension IndexedRow: Decodable where Row: Decodable {}

extension DataStream {
    /// Numbers the rows from 0 without gaps: those of the first worker first, as they lie there.
    ///
    /// Rows stay where they are. All are read once to be counted and kept until the counts are known, then
    /// numbered.
    public func zipWithIndex(name: String? = nil) -> DataStream<IndexedRow<Element>> {
        let placed = mapPartition(kind: "placeRows", name: name, parameters: []) { PlaceRows<Element>($0) }
        return placed.map(broadcasting: partitionCounts(), name: name ?? "index") { row, counts in
            var index = row.position
            for count in counts where count.instance < row.instance { index += count.count }
            return IndexedRow(index: index, row: row.row)
        }
    }

    /// Numbers the rows so that no number is given twice: worker w of W gives w, w + W, w + 2W …
    ///
    /// Cheaper than `zipWithIndex`, for nothing is counted first; numbers have gaps where workers have different
    /// numbers of rows.
    public func zipWithUniqueID(name: String? = nil) -> DataStream<IndexedRow<Element>> {
        mapPartition(kind: "uniqueID", name: name, parameters: []) { NumberRows<Element>($0) }
    }

    /// How many rows each worker has; a row a worker, also for none.
    public func partitionCounts(name: String? = nil) -> DataStream<PartitionCount> {
        mapPartition(kind: "countPartition", name: name, parameters: []) { CountRows<Element>($0) }
    }
}
