import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct LabelEncoderTests {
    private func table(_ labels: LabelColumn?, rows: Int) -> FeatureTable {
        FeatureTable(rows: (0..<rows).map { Double($0) }, columnCount: 1, labels: labels)
    }

    @Test func textsInTheOrderOfTheirBytes() throws {
        let table = table(.texts(["b", "Z", "ä", "b", "a"]), rows: 5)
        let model = try LabelEncoder().fit(table)
        #expect(model.labels == [.text("Z"), .text("a"), .text("b"), .text("ä")])
        let encoded = try model.transform(table)
        #expect(encoded.schema.label == FeatureSchema.Label(name: "label", kind: .number))
        #expect(encoded.blocks[0].labels == .numbers([2, 0, 3, 2, 1]))
        #expect(encoded.blocks[0].features == table.blocks[0].features)
        #expect(try model.decode([2, 0, 3, 2, 1]) == .texts(["b", "Z", "ä", "b", "a"]))
    }

    @Test func numbersInTheirOrder() throws {
        let model = try LabelEncoder().fit(table(.numbers([3, -1.5, 3, 10]), rows: 4))
        #expect(model.labels == [.number(-1.5), .number(3), .number(10)])
        #expect(try model.encode(.numbers([10, -1.5])) == [2, 0])
        #expect(try model.decode([1, 0]) == .numbers([3, -1.5]))
    }

    @Test(arguments: [1, 2, 3, 7]) func manyChunks(workers: Int) throws {
        let labels = (0..<30_000).map { "label \($0 % 101)" }
        let model = try LabelEncoder().fit(
            table(.texts(ArraySlice(labels)), rows: 30_000), configuration: JobConfiguration(parallelism: workers))
        #expect(model.labels == Set(labels).sorted().map { LabelValue.text($0) })
    }

    @Test func whatWasNotLearnedIsNamed() throws {
        let model = try LabelEncoder().fit(table(.texts(["a", "b"]), rows: 2))
        let unknown = table(.texts(["a", "c"]), rows: 2).blocks[0]
        #expect(throws: LearningError.unknownLabel(.text("c"), column: "label", row: 1)) {
            try model.transform(unknown)
        }
        #expect(throws: LearningError.unknownLabel(.number(1), column: "label", row: 0)) {
            try model.encode(.numbers([1]))
        }
        for number in [2, -1, 0.5, .nan] {
            #expect(throws: LearningError.self) { try model.decode([0, number]) }
        }
        let bare = table(nil, rows: 2).blocks[0]
        #expect(try model.transform(bare) == bare)
    }

    @Test func badDataAreNamed() {
        #expect(throws: LearningError.noRows) { try LabelEncoder().fit(table(.texts([]), rows: 0)) }
        #expect(throws: LearningError.noLabel) { try LabelEncoder().fit(table(nil, rows: 2)) }
        #expect(throws: LearningError.notFinite(column: "label", row: 1)) {
            try LabelEncoder().fit(table(.numbers([1, .nan]), rows: 2))
        }
    }

    @Test func aStageBeforeAClassifier() throws {
        let rows = table(.texts(["no", "no", "yes", "no", "yes", "yes"]), rows: 6)
        let fitted = try Pipeline([LabelEncoder()], LogisticRegression()).fit(rows)
        #expect(fitted.last.positive == .number(1))
        let plain = try LogisticRegression().fit(rows)
        #expect(fitted.last.coefficients == plain.coefficients)
        let bare = FeatureBlock(features: rows.blocks[0].features)
        #expect(try fitted.transform(bare).probabilities == plain.transform(bare).probabilities)
    }
}
