import Gyre
import GyreLearning

// How rows are added: dense ones in pieces that stay in a cache while they are read twice, once for their means and once
// for their products; sparse ones by the products of their entries, centred once a call.
extension CentredProducts {
    /// Rows of a piece: the widest useful inner dimension of a matrix product, and 100 KiB of 50 features.
    static let rowsAPiece = 256

    /// Adds rows with their labels.
    ///
    /// - Parameter room: memory of the caller's to work in, kept from call to call.
    mutating func add(
        _ features: FeatureRows, labels: ArraySlice<Double>, weights: ArraySlice<Double>?, room: inout [Double]
    ) {
        labels.withUnsafeBufferPointer { labels in
            guard let labels = labels.baseAddress else { return }
            guard let weights else { return add(features, labels, nil, &room) }
            weights.withUnsafeBufferPointer { add(features, labels, $0.baseAddress, &room) }
        }
    }

    private mutating func add(
        _ features: FeatureRows, _ labels: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?,
        _ room: inout [Double]
    ) {
        if case .sparse(let rows) = features, extent == .own || rows.entryCount * 4 < rows.rowCount * rows.columnCount {
            return add(rows, labels, weights)
        }
        for start in stride(from: 0, to: features.rowCount, by: Self.rowsAPiece) {
            let end = min(start + Self.rowsAPiece, features.rowCount)
            add(piece: features.rows(start..<end), labels + start, weights.map { $0 + start }, &room)
        }
    }

    private mutating func add(
        piece features: FeatureRows, _ labels: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?,
        _ room: inout [Double]
    ) {
        let (rowCount, columns) = (features.rowCount, columnCount)
        let pieceMeans = Self.means(of: features, labels, weights, isCentred: isCentred)
        guard pieceMeans.weight != 0 else { return }
        let shift = beginMerge(weight: pieceMeans.weight, means: pieceMeans.means)
        let needed = (Self.rowsAPiece + 1) * columns
        if room.count < needed { room = Array(repeating: 0, count: needed) }
        room.withUnsafeMutableBufferPointer { room in
            guard let base = room.baseAddress else { return }
            pieceMeans.means.withUnsafeBufferPointer { means in
                guard let means = means.baseAddress else { return }
                features.centre(labels, by: means, weights, into: base, stride: columns)
            }
            for column in 0..<columns { base[rowCount * columns + column] = shift[column] }
            values.withUnsafeMutableBufferPointer { values in
                guard let values = values.baseAddress else { return }
                switch extent {
                case .all:
                    BLAS.syrk(
                        transposed: true, n: columns, k: rowCount + 1, base, stride: columns, beta: 1, values,
                        strideC: columns)
                case .own:
                    for row in 0...rowCount {
                        let numbers = base + row * columns
                        let label = numbers[columns - 1]
                        for column in 0..<columns {
                            values[column] += numbers[column] * numbers[column]
                            values[columns + column] += numbers[column] * label
                        }
                    }
                }
            }
        }
    }

    /// The rows' weight, and their columns' means, or zeros.
    private static func means(
        of features: FeatureRows, _ labels: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, isCentred: Bool
    ) -> (weight: Double, means: [Double]) {
        let rowCount = features.rowCount
        var weight = 0.0
        var label = 0.0
        if let weights {
            for row in 0..<rowCount {
                weight += weights[row]
                label += weights[row] * labels[row]
            }
        } else {
            weight = Double(rowCount)
            for row in 0..<rowCount { label += labels[row] }
        }
        var means = Array(repeating: 0.0, count: features.columnCount + 1)
        guard isCentred, weight != 0 else { return (weight, means) }
        means.withUnsafeMutableBufferPointer { means in
            guard let base = means.baseAddress else { return }
            if let weights {
                features.addTransposed(times: weights, to: base)
            } else {
                withUnsafeTemporaryAllocation(of: Double.self, capacity: rowCount) { ones in
                    ones.initialize(repeating: 1)
                    if let ones = ones.baseAddress { features.addTransposed(times: ones, to: base) }
                }
            }
            base[features.columnCount] = label
            for column in means.indices { base[column] /= weight }
        }
        return (weight, means)
    }

    /// Sparse rows: products of the values themselves, from which those of the means are taken off. That is exact enough
    /// where most values are zero, since means are then small beside deviations.
    private mutating func add(
        _ rows: SparseRows, _ labels: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?
    ) {
        let piece = Self.means(of: .sparse(rows), labels, weights, isCentred: isCentred)
        guard piece.weight != 0 else { return }
        let shift = beginMerge(weight: piece.weight, means: piece.means)
        let (columns, feature) = (columnCount, featureCount)
        let labelMean = piece.means[feature]
        values.withUnsafeMutableBufferPointer { values in
            guard let values = values.baseAddress else { return }
            rows.withUnsafeRows { offsets, indices, numbers in
                for row in 0..<rows.rowCount {
                    let weight = weights?[row] ?? 1
                    let label = labels[row] - labelMean
                    for entry in offsets[row]..<offsets[row + 1] {
                        let (column, value) = (Int(indices[entry]), weight * numbers[entry])
                        switch extent {
                        case .all:
                            let line = values + column * columns
                            for other in entry..<offsets[row + 1] {
                                line[Int(indices[other])] += value * numbers[other]
                            }
                            line[feature] += value * label
                        case .own:
                            values[column] += value * numbers[entry]
                            values[columns + column] += value * label
                        }
                    }
                    values[extent == .all ? feature * columns + feature : feature] += weight * label * label
                }
            }
            guard isCentred else { return }
            // The label is centred already.
            for column in 0..<feature where piece.means[column] != 0 {
                let factor = piece.weight * piece.means[column]
                switch extent {
                case .all:
                    for other in column..<feature {
                        values[column * columns + other] -= factor * piece.means[other]
                    }
                case .own: values[column] -= factor * piece.means[column]
                }
            }
        }
        add(shift)
    }
}

extension FeatureRows {
    /// Writes rows with their label behind, less the means and times the root of the weight.
    ///
    /// - Parameter means: of features and label.
    func centre(
        _ labels: UnsafePointer<Double>, by means: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?,
        into target: UnsafeMutablePointer<Double>, stride: Int
    ) {
        let columns = columnCount
        let labelMean = means[columns]
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                for row in 0..<rows.rowCount {
                    let (source, line) = (base + row * columns, target + row * stride)
                    for column in 0..<columns { line[column] = source[column] - means[column] }
                    line[columns] = labels[row] - labelMean
                }
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, indices, values in
                for row in 0..<rows.rowCount {
                    let line = target + row * stride
                    for column in 0..<columns { line[column] = -means[column] }
                    for entry in offsets[row]..<offsets[row + 1] {
                        let column = Int(indices[entry])
                        line[column] = values[entry] - means[column]
                    }
                    line[columns] = labels[row] - labelMean
                }
            }
        }
        guard let weights else { return }
        for row in 0..<rowCount {
            let root = weights[row].squareRoot()
            let line = target + row * stride
            for column in 0...columns { line[column] *= root }
        }
    }
}
