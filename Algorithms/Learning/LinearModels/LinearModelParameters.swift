import GyreLearning

/// What linear models ask of their parameters and of tables.
enum LinearModelParameters {
    static func check(l2: Double, iterations: Int, tolerance: Double) throws(LearningError) {
        guard l2 >= 0, l2.isFinite else {
            throw .parameter(name: "l2", value: "\(l2)", expected: "a finite number of at least 0")
        }
        guard iterations >= 1 else {
            throw .parameter(name: "iterations", value: "\(iterations)", expected: "at least 1")
        }
        guard tolerance >= 0, tolerance.isFinite else {
            throw .parameter(name: "tolerance", value: "\(tolerance)", expected: "a finite number of at least 0")
        }
    }

    /// That there are rows, labels, and no negative weights.
    static func check(_ table: FeatureTable) throws(LearningError) {
        guard table.rowCount > 0 else { throw .noRows }
        guard table.schema.label != nil else { throw .noLabel }
        var first = 0
        for block in table.blocks {
            if let weights = block.weights, let row = weights.firstIndex(where: { $0 < 0 }) {
                throw .badWeight(row: first + row - weights.startIndex)
            }
            first += block.rowCount
        }
    }
}
