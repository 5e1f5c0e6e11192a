import GyreLinearAlgebra

// What algorithms do with rows, whatever their form. Dense rows go to BLAS, on the calling thread.
extension FeatureRows {
    /// result = X · vector, a number a row.
    public func multiply(by vector: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                BLAS.gemv(
                    rows: rows.rowCount, columns: rows.columnCount, base, stride: rows.columnCount, vector, result)
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for row in 0..<rows.rowCount {
                    var sum = 0.0
                    for entry in offsets[row]..<offsets[row + 1] { sum += values[entry] * vector[Int(columns[entry])] }
                    result[row] = sum
                }
            }
        }
    }

    /// result += Xᵀ · factors: adds each row times its factor.
    public func addTransposed(times factors: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>) {
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                BLAS.gemv(
                    transposed: true, rows: rows.rowCount, columns: rows.columnCount, base,
                    stride: rows.columnCount, factors, beta: 1, result)
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for row in 0..<rows.rowCount {
                    let factor = factors[row]
                    for entry in offsets[row]..<offsets[row + 1] {
                        result[Int(columns[entry])] += factor * values[entry]
                    }
                }
            }
        }
    }

    /// result = X · Cᵀ, where C has `count` rows of as many columns as X: the products of each row with each row of C,
    /// `count` a row.
    public func multiply(
        byRowsOf matrix: UnsafePointer<Double>, count: Int, into result: UnsafeMutablePointer<Double>
    ) {
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                BLAS.gemm(
                    transposedB: true, m: rows.rowCount, n: count, k: rows.columnCount, base,
                    strideA: rows.columnCount, matrix, strideB: rows.columnCount, result, strideC: count)
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for row in 0..<rows.rowCount {
                    for other in 0..<count {
                        let factors = matrix + other * rows.columnCount
                        var sum = 0.0
                        for entry in offsets[row]..<offsets[row + 1] {
                            sum += values[entry] * factors[Int(columns[entry])]
                        }
                        result[row * count + other] = sum
                    }
                }
            }
        }
    }

    /// result += factor · row.
    public func add(row: Int, times factor: Double = 1, to result: UnsafeMutablePointer<Double>) {
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                let values = base + row * rows.columnCount
                for column in 0..<rows.columnCount { result[column] += factor * values[column] }
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, columns, values in
                for entry in offsets[row]..<offsets[row + 1] {
                    result[Int(columns[entry])] += factor * values[entry]
                }
            }
        }
    }

    /// The sum of the squares of each row.
    public func squaredNorms(into result: UnsafeMutablePointer<Double>) {
        switch self {
        case .dense(let rows):
            rows.withUnsafeRows { base in
                for row in 0..<rows.rowCount {
                    let values = base + row * rows.columnCount
                    var sum = 0.0
                    for column in 0..<rows.columnCount { sum += values[column] * values[column] }
                    result[row] = sum
                }
            }
        case .sparse(let rows):
            rows.withUnsafeRows { offsets, _, values in
                for row in 0..<rows.rowCount {
                    var sum = 0.0
                    for entry in offsets[row]..<offsets[row + 1] { sum += values[entry] * values[entry] }
                    result[row] = sum
                }
            }
        }
    }
}
