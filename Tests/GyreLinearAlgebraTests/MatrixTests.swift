import GyreLinearAlgebra
import Testing

@Suite struct MatrixTests {
    let sample: Matrix<Double> = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]

    @Test("Matrices are made of rows, elements, closures and numbers")
    func creation() throws {
        #expect(try Matrix([[1, 2, 3], [4, 5, 6]]) == sample[rows: ..<2])
        #expect(try Matrix(rows: 2, columns: 3, elements: (1...6).map(Double.init)) == sample[rows: ..<2])
        #expect(Matrix(rows: 4, columns: 3) { Double($0 * 3 + $1 + 1) } == sample)
        #expect(Matrix<Float>.identity(2) == [[1, 0], [0, 1]])
        #expect(Matrix<Float>.diagonal([2, 3]) == [[2, 0], [0, 3]])
        #expect(Matrix(rows: 1, columns: 2, repeating: 5.0) == [[5, 5]])
        #expect(try Matrix<Double>([]).shape == MatrixShape(0, 0))
        #expect(try Matrix<Double>([[], []]).shape == MatrixShape(2, 0))
    }

    @Test("Rows that differ in length and elements that are too few are refused")
    func badCreation() {
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                operation: "row 1 of a matrix", left: MatrixShape(1, 1), right: MatrixShape(1, 2))
        ) { try Matrix<Double>([[1, 2], [3]]) }
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                operation: "matrix of elements", left: MatrixShape(2, 2), right: MatrixShape(1, 3))
        ) { try Matrix(rows: 2, columns: 2, elements: [1.0, 2, 3]) }
    }

    @Test("Rows, columns and blocks are views, also of views")
    func views() {
        #expect(sample[rows: 1...2] == [[4, 5, 6], [7, 8, 9]])
        #expect(sample[columns: 1..<2] == [[2], [5], [8], [11]])
        #expect(sample[rows: 1..., columns: ..<2] == [[4, 5], [7, 8], [10, 11]])
        #expect(sample[rows: 1..., columns: 1...][rows: 1..<2, columns: 1..<2] == [[9]])
        #expect(sample.row(2) == [7, 8, 9])
        #expect(sample[columns: 1...].row(2) == [8, 9])
        #expect(sample.column(1) == [2, 5, 8, 11])
        #expect(sample[rows: 4..<4].shape == MatrixShape(0, 3))
        #expect(sample[columns: 3..<3].shape == MatrixShape(4, 0))
        #expect(Matrix(sample[rows: 1..., columns: 1...].transposed) == [[5, 8, 11], [6, 9, 12]])
    }

    @Test("A view lies in the memory of the whole, a compact copy does not")
    func viewsDoNotCopy() {
        let view = sample[rows: 1..., columns: 1...]
        let distance = sample.withUnsafeElements { whole, _ in
            view.withUnsafeElements { part, stride in (part - whole, stride) }
        }
        #expect(distance == (4, 3))
        #expect(sample.withUnsafeElements { whole, _ in sample.row(2).withUnsafeElements { $0 - whole } } == 6)
        #expect(view.compacted() == view)
        #expect(view.compacted().stride == 2)
    }

    @Test("Changing a copy, a view or the whole changes nothing else")
    func valueSemantics() {
        var whole = sample
        var copy = whole
        var view = whole[rows: 1...2, columns: 1...]
        var row = whole.row(1)
        copy[0, 0] = -1
        view[1, 1] = -2
        row[0] = -3
        whole[3, 2] = -4
        #expect(sample == [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]])
        #expect(copy == [[-1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]])
        #expect(view == [[5, 6], [8, -2]])
        #expect(row == [-3, 5, 6])
        #expect(whole == [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, -4]])
    }

    @Test("A matrix that shares nothing is changed where it is")
    func inPlace() {
        var matrix = Matrix<Double>(rows: 3, columns: 3)
        let before = matrix.withUnsafeElements { elements, _ in UInt(bitPattern: elements) }
        matrix[1, 1] = 5
        matrix.scale(by: 2)
        #expect(matrix.withUnsafeElements { elements, _ in UInt(bitPattern: elements) } == before)
        #expect(matrix[1, 1] == 10)
        let copy = matrix
        matrix[0, 0] = 1
        #expect(matrix.withUnsafeElements { elements, _ in UInt(bitPattern: elements) } != before)
        #expect(copy[0, 0] == 0)
    }

    @Test("An index outside traps")
    func outside() async {
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 2)[2, 0] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 2)[0, -1] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 2)[rows: 1..<3] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 2)[columns: 3...] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 2).row(2) }
        await #expect(processExitsWith: .failure) { _ = Vector<Double>(count: 2)[2] }
    }

    @Test("Vectors are collections, with parts and arithmetic")
    func vectors() throws {
        var vector: Vector<Double> = [3, 4, 5]
        #expect(vector.part(..<2).norm == 5)
        #expect(try vector.dot([1, 1, 1]) == 12)
        #expect(vector.map { $0 * 2 } == [6, 8, 10])
        let part = vector.part(1...)
        try vector.add([1, 1, 1], scaledBy: -1)
        vector.scale(by: 2)
        #expect(vector == [4, 6, 8])
        #expect(part == [4, 5])
        #expect(Vector(sample[columns: 1...1]) == [2, 5, 8, 11])
        #expect(Matrix(row: vector) == [[4, 6, 8]])
        let mismatch = LinearAlgebraError.shapeMismatch(
            operation: "inner product", left: MatrixShape(3, 1), right: MatrixShape(2, 1))
        #expect(throws: mismatch) { try vector.dot([1, 2]) }
    }
}
