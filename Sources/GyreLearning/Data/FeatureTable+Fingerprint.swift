import GyreColumns

extension FeatureTable {
    /// A hash of all rows, by which a checkpoint knows its input again: the same however the rows are cut into blocks.
    ///
    /// - Complexity: one pass over the rows, some gigabytes a second.
    var fingerprint: UInt64 {
        var hash = StableHash.combine(UInt64(rowCount), UInt64(schema.features.count))
        for block in blocks {
            switch block.features {
            case .dense(let rows):
                rows.withUnsafeRows { base in
                    for row in 0..<rows.rowCount {
                        let bytes = StableHash.bytes(base + row * rows.columnCount, count: rows.columnCount * 8)
                        hash = StableHash.combine(hash, bytes)
                    }
                }
            case .sparse(let rows):
                rows.withUnsafeRows { offsets, columns, values in
                    for row in 0..<rows.rowCount {
                        let (entry, count) = (offsets[row], offsets[row + 1] - offsets[row])
                        hash = StableHash.combine(hash, StableHash.bytes(columns + entry, count: count * 4))
                        hash = StableHash.combine(hash, StableHash.bytes(values + entry, count: count * 8))
                    }
                }
            }
            switch block.labels {
            case nil: break
            case .numbers(let labels)?: for label in labels { hash = StableHash.combine(hash, label.bitPattern) }
            case .texts(let labels)?: for label in labels { hash = StableHash.combine(hash, label.keyHash) }
            }
            for weight in block.weights ?? [] { hash = StableHash.combine(hash, weight.bitPattern) }
        }
        return hash
    }
}
