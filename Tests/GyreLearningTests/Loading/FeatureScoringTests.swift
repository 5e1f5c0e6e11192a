import Gyre
import GyreLearning
import Testing

/// Streams of blocks in the columns of a schema.
@Suite struct FeatureScoringTests {
    private let schema = FeatureSchema(
        features: ["a", "b"], label: .init(name: "y", kind: .number), weight: "w")

    private func read(
        _ text: String, to name: String = "a.csv", schema: FeatureSchema? = nil, requiresLabel: Bool = false,
        blockSize: Int = 16
    ) throws -> NaiveFeatures {
        let folder = try WorkFolder()
        let path = try folder.write(text, to: name)
        let job = Job()
        let blocks = job.features(
            FeatureInput(paths: [path]), schema: schema ?? self.schema, requiresLabel: requiresLabel,
            blockSize: blockSize
        ).collect()
        do { try job.run(JobConfiguration(parallelism: 3)) } catch let error as OperatorError {
            throw Refused(text: folder.relative(error.underlying))
        }
        var found = NaiveFeatures()
        for block in blocks.elements.sorted(by: { $0.place < $1.place }) { found.append(block) }
        return found
    }

    private struct Refused: Error { var text: String }

    @Test func columnsByNameAndOthersSkipped() throws {
        let found = try read("z,b,text,w,a,y\nx,2,\"q\n\",1,1,5\n,4,,2,3,6\n", requiresLabel: true)
        #expect(found.rows == [[1, 2], [3, 4]])
        #expect(found.labels == [.number(5), .number(6)] && found.weights == [1, 2])
    }

    @Test func labelAndWeightMayBeMissing() throws {
        let found = try read("b,a\n2,1\n")
        #expect(found.rows == [[1, 2]] && found.labels.isEmpty && found.weights.isEmpty)
        // A label that is left empty is none.
        guard case .number(let label)? = try read("b,y,a\n2,,1\n").labels.first else {
            Issue.record("no label")
            return
        }
        #expect(label.isNaN)
        let json = try read(
            "{\"b\":2,\"y\":1,\"a\":1}\n{\"a\":3,\"b\":4}\n{\"y\":null,\"a\":5,\"b\":6}\n", to: "a.jsonl")
        #expect(json.rows == [[1, 2], [3, 4], [5, 6]] && json.labels.count == 3)
    }

    /// Records are far shorter than a digit for each field would make them.
    @Test(arguments: [16, 1000, 1 << 20]) func emptyFieldsOfOtherColumns(blockSize: Int) throws {
        let others = (0..<30).map { ",o\($0)" }.joined()
        let text = "a,b,y\(others)\n" + String(repeating: "1,2,\(String(repeating: ",", count: 30))\n", count: 500)
        let found = try read(text, blockSize: blockSize)
        #expect(found.rows == Array(repeating: [1, 2], count: 500) && found.labels.count == 500)
    }

    @Test func otherKeysTwice() throws {
        let found = try read("{\"z\":[{}],\"z\":\"}\",\"b\":2,\"a\":1}\n{\"b\":4,\"a\":3}\n", to: "a.jsonl")
        #expect(found.rows == [[1, 2], [3, 4]])
    }

    @Test func sparseFeaturesByNumber() throws {
        let found = try read("7 1:1 2:2 3:3\n8 2:5\n", to: "a.svm")
        #expect(found.rows == [[1, 2], [0, 5]] && found.labels == [.number(7), .number(8)])
        let plain = try read("7 1:1\n", to: "a.svm", schema: FeatureSchema(features: ["p", "q", "r"]))
        #expect(plain.rows == [[1, 0, 0]] && plain.labels.isEmpty)
    }

    @Test(arguments: [
        ("b,y\n", false, "a.csv: expected a column \"a\", found none"),
        ("a,b\n1,2\n", true, "a.csv: expected a column \"y\", found none"),
        ("a,b,a\n", false, "a.csv: expected one column \"a\", found several"),
        ("a,b,y\n1,2,x\n", true, "a.csv:2: expected a finite number for \"y\", found \"x\""),
        ("a,b,y\n1,2,\n", true, "a.csv:2: expected a label for \"y\", found \"\""),
    ])
    func refused(text: String, requiresLabel: Bool, message: String) throws {
        let error = try #require(throws: Refused.self) { try read(text, requiresLabel: requiresLabel) }
        #expect(error.text == message)
    }
}
