extension EdgeColumns {
    /// Checks the rows from `first` on against a matrix's size and adds the other triangle of a symmetric one, each
    /// entry's mirror image right behind it. False, with nothing changed, if an index is out of range.
    ///
    /// There must be room for twice the rows.
    func adopt(from first: Int, as header: MatrixMarketHeader) -> Bool {
        var isInside = true
        var mirrored = 0
        for row in first..<count {
            let source = sources[row]
            let target = targets[row]
            isInside = isInside && source >= 1 && source <= header.rows && target >= 1 && target <= header.columns
            mirrored += source == target ? 0 : 1
        }
        if isInside, header.isSymmetric { mirror(from: first, adding: mirrored) }
        return isInside
    }

    /// From the last row to the first, so that no row is written over before it has moved.
    private func mirror(from first: Int, adding mirrored: Int) {
        var free = count + mirrored
        for row in stride(from: count - 1, through: first, by: -1) {
            let (source, target, weight) = (sources[row], targets[row], weights?[row] ?? 1)
            if source != target {
                free -= 1
                set(free, target, source, weight)
            }
            free -= 1
            set(free, source, target, weight)
        }
        count += mirrored
    }

    private func set(_ row: Int, _ source: Int64, _ target: Int64, _ weight: Double) {
        sources[row] = source
        targets[row] = target
        weights?[row] = weight
    }
}
