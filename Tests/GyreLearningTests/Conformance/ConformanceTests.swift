import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

/// Every estimator of the library through the conformance suite. A new one gets a case: the compiler asks
/// for its check.
@Suite struct ConformanceTests {
    enum Subject: CaseIterable {
        case kMeans, linearRegression, linearRegressionBySearch, logisticRegression

        /// Runs a check of the suite on the subject.
        func check(_ body: (any ConformanceChecks) throws -> Void) throws {
            switch self {
            case .kMeans:
                try body(
                    EstimatorConformance(
                        EstimatorSubject(name: "kmeans", labels: .none, loop: "kmeans", takesOneRow: false) { table in
                            KMeans(k: 4, start: .centres(Self.corners(of: table)), iterations: 30, tolerance: 0)
                        }))
            case .linearRegression:
                try body(
                    EstimatorConformance(
                        EstimatorSubject(name: "linear regression", labels: .number, loop: "linear-regression") { _ in
                            LinearRegression()
                        }))
            case .linearRegressionBySearch:
                try body(
                    EstimatorConformance(
                        EstimatorSubject(
                            name: "linear regression by L-BFGS", labels: .number, loop: "linear-regression",
                            tolerance: 1e-6
                        ) { _ in LinearRegression(solver: .lbfgs, l2: 1, tolerance: 1e-10) }))
            case .logisticRegression:
                try body(
                    EstimatorConformance(
                        EstimatorSubject(
                            name: "logistic regression", labels: .twoClasses, loop: "logistic-regression",
                            tolerance: 1e-6, takesOneRow: false
                        ) { _ in LogisticRegression(tolerance: 1e-10) }))
            }
        }

        /// Starts that do not depend on the order of rows: one near each group.
        private static func corners(of table: FeatureTable) -> [[Double]] {
            (0..<4).map { group in
                (0..<table.schema.features.count).map { Double(group) + ($0 == group ? 6 : 0) }
            }
        }
    }

    @Test(arguments: Subject.allCases) func fittingAgainGivesTheSameBits(subject: Subject) throws {
        try subject.check { try $0.fittingAgain() }
    }

    @Test(arguments: Subject.allCases) func blocksOfAnySize(subject: Subject) throws {
        try subject.check { try $0.blocksOfAnySize() }
    }

    @Test(arguments: Subject.allCases) func orderOfRowsIsRounding(subject: Subject) throws {
        try subject.check { try $0.orderOfRows() }
    }

    @Test(arguments: Subject.allCases) func weightsAreRepetitions(subject: Subject) throws {
        try subject.check { try $0.weightsAreRepetitions() }
    }

    @Test(arguments: Subject.allCases) func sparseRowsAreTheSameRows(subject: Subject) throws {
        try subject.check { try $0.sparseIsDense() }
    }

    @Test(arguments: Subject.allCases) func aConstantColumnDoesNoHarm(subject: Subject) throws {
        try subject.check { try $0.constantColumn() }
    }

    @Test(arguments: Subject.allCases) func oneRowIsFittedOrRefused(subject: Subject) throws {
        try subject.check { try $0.oneRow() }
    }

    @Test(arguments: Subject.allCases) func badRowsAreNamed(subject: Subject) throws {
        try subject.check { try $0.badRows() }
    }

    @Test(arguments: Subject.allCases) func savedModelsAreTheModels(subject: Subject) throws {
        try subject.check { try $0.savedIsUnsaved() }
    }

    @Test(arguments: Subject.allCases) func rowsAreScoredEachByItself(subject: Subject) throws {
        try subject.check { try $0.scoringInBlocks() }
    }

    @Test(arguments: Subject.allCases) func resumedTrainingsHaveTheSameBits(subject: Subject) throws {
        try subject.check { try $0.resumes() }
    }
}

/// The checks without the estimator's type.
protocol ConformanceChecks {
    func fittingAgain() throws
    func blocksOfAnySize() throws
    func orderOfRows() throws
    func weightsAreRepetitions() throws
    func sparseIsDense() throws
    func constantColumn() throws
    func oneRow() throws
    func badRows() throws
    func savedIsUnsaved() throws
    func scoringInBlocks() throws
    func resumes() throws
}

extension EstimatorConformance: ConformanceChecks {}
