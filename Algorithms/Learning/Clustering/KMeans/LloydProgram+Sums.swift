import GyreLearning

extension LloydProgram {
    /// Adds a row to a cluster's sums, or takes it off; a row without weight is in none.
    @inline(__always)
    func add(_ piece: FeatureBlock, _ row: Int, sign: Double, to cluster: Int, _ changes: ClusterChanges) {
        let weight = sign * (piece.weights.map { $0[$0.startIndex + row] } ?? 1)
        guard weight != 0 else { return }
        add(piece.features, row, times: weight, to: changes.sums(of: cluster, adding: weight))
    }

    /// sums += factor · (row − origin).
    @inline(__always)
    func add(_ features: FeatureRows, _ row: Int, times factor: Double, to sums: UnsafeMutablePointer<Double>) {
        switch features {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                origin.withUnsafeBufferPointer { origin in
                    let values = base + row * columnCount
                    for column in 0..<columnCount { sums[column] += factor * (values[column] - origin[column]) }
                }
            }
        case .sparse: features.add(row: row, times: factor, to: sums)
        }
    }

    /// What a piece says of itself in round 1.
    func measure(_ piece: FeatureBlock, at row: Int, into tally: inout LloydPart.Tally) {
        if let weights = piece.weights {
            if tally.badWeight == nil, let bad = weights.firstIndex(where: { $0 < 0 }) {
                tally.badWeight = row + bad - weights.startIndex
            }
            for weight in weights { tally.weight += weight }
        } else {
            tally.weight += Double(piece.rowCount)
        }
        func add(_ square: Double, _ row: Int) {
            tally.squares += square * (piece.weights.map { $0[$0.startIndex + row] } ?? 1)
        }
        switch piece.features {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                origin.withUnsafeBufferPointer { origin in
                    guard let origin = origin.baseAddress else { return }
                    for row in 0..<rows.rowCount {
                        add(SquaredDistance.dense(base + row * columnCount, origin, columnCount), row)
                    }
                }
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, _, values in
                for row in 0..<rows.rowCount {
                    var square = 0.0
                    for entry in offsets[row]..<offsets[row + 1] { square += values[entry] * values[entry] }
                    tally.largestNorm = max(tally.largestNorm, square)
                    add(square, row)
                }
            }
        }
    }

    /// The squared distance of a row from a centre, by the sums that decide.
    @inline(__always)
    func square(_ features: FeatureRows, _ row: Int, _ cluster: Int, _ state: LloydState) -> Double {
        state.centres.withUnsafeBufferPointer { centres in
            guard let base = centres.baseAddress else { return 0 }
            let centre = base + cluster * columnCount
            switch features {
            case .dense(let rows):
                return rows.withUnsafeRows { SquaredDistance.dense($0 + row * columnCount, centre, columnCount) }
            case .sparse(let rows):
                return rows.withUnsafeRows { offsets, columns, values in
                    SquaredDistance.sparse(
                        columns, values, offsets[row]..<offsets[row + 1], centre, norm: state.norms[cluster])
                }
            }
        }
    }
}
