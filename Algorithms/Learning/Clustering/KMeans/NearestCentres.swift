import Gyre
import GyreLearning

/// Finds the nearest centre of rows, of several equally near ones that of the lowest number.
///
/// "Nearest" is by `SquaredDistance`, bit for bit: what is computed faster only says which centres cannot be, and where
/// two are too close for that, both are computed exactly. So what is found does not depend on bounds, groups or blocks.
struct NearestCentres {
    let centres: UnsafePointer<Double>
    /// |c|² of the centres; for sparse rows only.
    let norms: UnsafePointer<Double>
    let clusters: Int
    let columnCount: Int
    let version: Int
    let margin: DistanceMargin
    /// What bounds have to differ by.
    let slack: Double
    let distances: CentreDistances?
    let scratch: LloydScratch

    /// Where what is found goes, a row of the piece each.
    struct Found {
        let cluster: UnsafeMutablePointer<UInt32>
        let upper: UnsafeMutablePointer<Double>
        let lower: UnsafeMutablePointer<Double>
    }

    /// Compares the listed rows with all centres.
    func searchAll(_ features: FeatureRows, _ list: UnsafePointer<UInt32>, count: Int, _ found: Found) {
        switch features {
        case .dense(let rows):
            setReference()
            rows.withUnsafeRows { base in
                var first = 0
                while first < count {
                    let end = min(first + scratch.blockRows, count)
                    for place in first..<end {
                        let row = list[place]
                        scratch.places.base[place - first] = row
                        scratch.rowNorms.base[place - first] = SquaredDistance.dense(
                            base + Int(row) * columnCount, UnsafePointer(scratch.reference.base), columnCount,
                            differences: scratch.rows.base + (place - first) * columnCount)
                    }
                    compare(base, rows: end - first, candidates: clusters, beyond: .infinity, found)
                    first = end
                }
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for place in 0..<count {
                    let row = Int(list[place])
                    compareSparse(
                        columns, values, offsets[row]..<offsets[row + 1], row: row, candidates: nil, beyond: .infinity,
                        found)
                }
            }
        }
    }

    /// Computes the listed rows' distances to their centres, and leaves in the list those that still need a look.
    ///
    /// In the order of rows, since that is how memory is read ahead: what looks at a cluster's rows afterwards finds them
    /// in the cache.
    ///
    /// - Returns: how many these are.
    func tighten(
        _ features: FeatureRows, _ assignments: UnsafePointer<UInt32>, _ list: UnsafeMutablePointer<UInt32>,
        count: Int, _ found: Found
    ) -> Int {
        var kept = 0
        for place in 0..<count {
            let row = Int(list[place])
            let cluster = Int(assignments[row])
            let half = half(cluster)
            if found.upper[row] + slack < half { continue }
            let upper = margin.above(square(features, row, cluster).squareRoot())
            found.upper[row] = upper
            list[kept] = UInt32(row)
            kept += upper + slack < max(found.lower[row], half) ? 0 : 1
        }
        return kept
    }

    /// At most half the distance of a centre from the nearest other one; 0 where distances are not kept.
    @inline(__always)
    private func half(_ cluster: Int) -> Double {
        guard distances != nil else { return 0 }
        if scratch.halfVersions.base[cluster] != version {
            scratch.halves.base[cluster] = distancesOf(cluster).map { $0[clusters].squareRoot() } ?? 0
            scratch.halfVersions.base[cluster] = version
        }
        return scratch.halves.base[cluster]
    }

    private func distancesOf(_ cluster: Int) -> CentreDistances.Row? {
        distances.map {
            $0.row(cluster, of: centres, columnCount: columnCount, version: version, spare: scratch.spare.base)
        }
    }

    /// The squared distance of a row from a centre.
    @inline(__always)
    func square(_ features: FeatureRows, _ row: Int, _ cluster: Int) -> Double {
        let centre = centres + cluster * columnCount
        switch features {
        case .dense(let rows):
            return rows.withUnsafeRows { SquaredDistance.dense($0 + row * columnCount, centre, columnCount) }
        case .sparse(let rows):
            return rows.withUnsafeRows { offsets, columns, values in
                SquaredDistance.sparse(
                    columns, values, offsets[row]..<offsets[row + 1], centre, norm: norms[cluster])
            }
        }
    }

    /// Compares the listed rows, all of one cluster and with tight upper bounds, with the centres that can be nearer: by
    /// the triangle inequality those within twice a row's distance from its centre.
    func searchGroup(
        _ features: FeatureRows, of cluster: Int, _ list: UnsafePointer<UInt32>, count: Int, _ found: Found
    ) {
        let own = centres + cluster * columnCount
        let distancesOfOwn = distancesOf(cluster)
        switch features {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                var first = 0
                while first < count {
                    let end = min(first + scratch.blockRows, count)
                    var farthest = 0.0
                    for place in first..<end {
                        let row = Int(list[place])
                        scratch.places.base[place - first] = UInt32(row)
                        scratch.rowNorms.base[place - first] = SquaredDistance.dense(
                            base + row * columnCount, own, columnCount,
                            differences: scratch.rows.base + (place - first) * columnCount)
                        farthest = max(farthest, found.upper[row])
                    }
                    let reach = Self.reach(farthest)
                    let candidates = gatherCandidates(near: own, distancesOfOwn, within: reach)
                    compare(base, rows: end - first, candidates: candidates, beyond: reach, found)
                    first = end
                }
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for place in 0..<count {
                    let row = Int(list[place])
                    compareSparse(
                        columns, values, offsets[row]..<offsets[row + 1], row: row, candidates: distancesOfOwn,
                        beyond: Self.reach(found.upper[row] + slack), found)
                }
            }
        }
    }

    /// How far from a row's centre other centres are looked at: twice the row's distance, and some more, which gives the
    /// row a better lower bound.
    @inline(__always)
    private static func reach(_ upper: Double) -> Double { 2.125 * upper }

    // MARK: dense rows

    /// Takes the mean of the centres for the point of reference, so that an offset of all data costs no digits, and all
    /// centres for candidates.
    private func setReference() {
        let reference = scratch.reference.base
        reference.update(repeating: 0, count: columnCount)
        let share = 1 / Double(clusters)
        for cluster in 0..<clusters {
            for column in 0..<columnCount { reference[column] += centres[cluster * columnCount + column] * share }
        }
        for cluster in 0..<clusters {
            scratch.numbers.base[cluster] = UInt32(cluster)
            scratch.centreNorms.base[cluster] = SquaredDistance.dense(
                centres + cluster * columnCount, reference, columnCount,
                differences: scratch.centres.base + cluster * columnCount)
        }
    }

    /// Takes the centres within `reach` of a centre for candidates, less that centre; answers how many they are.
    private func gatherCandidates(
        near own: UnsafePointer<Double>, _ distances: CentreDistances.Row?, within reach: Double
    ) -> Int {
        let (numbers, norms, differences) = (scratch.numbers.base, scratch.centreNorms.base, scratch.centres.base)
        var count = clusters
        if let distances {
            let square = reach * reach
            count = 0
            for cluster in 0..<clusters {
                // Without a branch: this is a large part of the time where clusters are many and their rows few.
                numbers[count] = UInt32(truncatingIfNeeded: cluster)
                count += distances[cluster] > square ? 0 : 1
            }
        } else {
            for cluster in 0..<clusters { numbers[cluster] = UInt32(truncatingIfNeeded: cluster) }
        }
        for candidate in 0..<count {
            norms[candidate] = SquaredDistance.dense(
                centres + Int(numbers[candidate]) * columnCount, own, columnCount,
                differences: differences + candidate * columnCount)
        }
        return count
    }

    /// Compares the rows of the block with the candidates.
    ///
    /// - Parameter reach: how far from the point of reference all other centres are at least.
    private func compare(
        _ base: UnsafePointer<Double>, rows: Int, candidates: Int, beyond reach: Double, _ found: Found
    ) {
        let (least, second, nearest) = (scratch.least.base, scratch.second.base, scratch.nearest.base)
        for row in 0..<rows {
            least[row] = .infinity
            second[row] = .infinity
            nearest[row] = 0
        }
        var farthest = 0.0
        var first = 0
        while first < candidates {
            let count = min(LloydScratch.centreBlock, candidates - first)
            BLAS.gemm(
                transposedB: true, m: rows, n: count, k: columnCount, alpha: -2, scratch.rows.base,
                strideA: columnCount, scratch.centres.base + first * columnCount, strideB: columnCount,
                scratch.products.base, strideC: count)
            let norms = scratch.centreNorms.base + first
            for candidate in 0..<count { farthest = max(farthest, norms[candidate]) }
            for row in 0..<rows {
                let products = scratch.products.base + row * count
                var (best, next, index) = (least[row], second[row], nearest[row])
                for candidate in 0..<count {
                    let value = products[candidate] + norms[candidate]
                    if value < best {
                        next = best
                        best = value
                        index = UInt32(first + candidate)
                    } else if value < next {
                        next = value
                    }
                }
                (least[row], second[row], nearest[row]) = (best, next, index)
            }
            first += count
        }
        let farthestCentre = farthest.squareRoot()
        for row in 0..<rows {
            let place = Int(scratch.places.base[row])
            let norm = scratch.rowNorms.base[row]
            let distance = norm.squareRoot()
            let scale = distance + farthestCentre
            let error = margin.cancelled * scale * scale
            // Not the other way round: what is not a number is looked at exactly, and found nowhere.
            if second[row] - least[row] > 2 * error {
                found.cluster[place] = scratch.numbers.base[Int(nearest[row])]
                found.upper[place] = margin.above(max(0, norm + least[row] + error).squareRoot())
                found.lower[place] = margin.below(
                    min(max(0, norm + second[row] - error).squareRoot(), reach - margin.above(distance)))
            } else {
                let (cluster, square) = exactly(base + place * columnCount, candidates)
                found.cluster[place] = cluster
                found.upper[place] = margin.above(square.squareRoot())
                found.lower[place] = margin.below(
                    min(max(0, norm + least[row] - error).squareRoot(), reach - margin.above(distance)))
            }
        }
    }

    /// The nearest of the candidates by exact distances, and its squared distance.
    private func exactly(_ row: UnsafePointer<Double>, _ candidates: Int) -> (UInt32, Double) {
        var nearest = scratch.numbers.base[0]
        var least = Double.infinity
        for candidate in 0..<candidates {
            let cluster = scratch.numbers.base[candidate]
            let square = SquaredDistance.dense(row, centres + Int(cluster) * columnCount, columnCount)
            if square < least { (nearest, least) = (cluster, square) }
        }
        return (nearest, least)
    }

    // MARK: sparse rows

    /// Compares a row with all centres, or with those within reach of its own.
    private func compareSparse(
        _ columns: UnsafePointer<Int32>, _ values: UnsafePointer<Double>, _ entries: Range<Int>, row: Int,
        candidates: CentreDistances.Row?, beyond reach: Double, _ found: Found
    ) {
        let square = reach * reach
        var (least, second, nearest) = (Double.infinity, Double.infinity, 0)
        for cluster in 0..<clusters {
            if let candidates, candidates[cluster] > square { continue }
            let value = SquaredDistance.sparse(
                columns, values, entries, centres + cluster * columnCount, norm: norms[cluster])
            if value < least {
                second = least
                least = value
                nearest = cluster
            } else if value < second {
                second = value
            }
        }
        let own = found.upper[row]
        found.cluster[row] = UInt32(nearest)
        found.upper[row] = margin.above(least.squareRoot())
        found.lower[row] = margin.below(
            min(second.squareRoot(), candidates == nil ? .infinity : reach - own - slack))
    }
}
