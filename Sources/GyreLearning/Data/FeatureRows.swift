/// The features of rows: dense, or compressed sparse.
public enum FeatureRows: Sendable, Equatable {
    case dense(DenseRows)
    case sparse(SparseRows)

    public var isSparse: Bool {
        switch self {
        case .dense: false
        case .sparse: true
        }
    }

    public var rowCount: Int {
        switch self {
        case .dense(let rows): rows.rowCount
        case .sparse(let rows): rows.rowCount
        }
    }

    public var columnCount: Int {
        switch self {
        case .dense(let rows): rows.columnCount
        case .sparse(let rows): rows.columnCount
        }
    }

    /// Some of the rows; nothing is copied.
    public func rows(_ range: Range<Int>) -> FeatureRows {
        switch self {
        case .dense(let rows): .dense(rows.rows(range))
        case .sparse(let rows): .sparse(rows.rows(range))
        }
    }

    /// Bytes that the numbers of these rows take.
    public var byteCount: Int {
        switch self {
        case .dense(let rows): rows.rowCount * rows.columnCount * 8
        case .sparse(let rows): rows.rowCount * 8 + rows.entryCount * 12
        }
    }

    /// The first value that is NaN or infinite.
    public var firstNotFinite: (row: Int, column: Int)? {
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                for index in 0..<rows.rowCount * rows.columnCount where !base[index].isFinite {
                    return (index / rows.columnCount, index % rows.columnCount)
                }
                return nil
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for row in 0..<rows.rowCount {
                    for entry in offsets[row]..<offsets[row + 1] where !values[entry].isFinite {
                        return (row, Int(columns[entry]))
                    }
                }
                return nil
            }
        }
    }
}
