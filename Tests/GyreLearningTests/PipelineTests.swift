import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct PipelineTests {
    private let rows = ConformanceRows(count: 6000, seed: 5, labels: .twoClasses)

    private var table: FeatureTable { rows.table(hasLabels: true, blockRows: 700) }

    @Test func aPipelineIsItsStagesOneAfterAnother() throws {
        let pipeline = try Pipeline([StandardScaler()], LogisticRegression()).fit(table)
        let scaler = try StandardScaler().fit(table)
        let byHand = try LogisticRegression().fit(scaler.transform(table))
        #expect(pipeline.last.record == byHand.record)
        let block = table.blocks[3]
        #expect(try pipeline.transform(block) == byHand.transform(scaler.transform(block)))
        #expect(pipeline.inputSchema == table.schema)
    }

    @Test func aPipelineMapsAStream() throws {
        let pipeline = try Pipeline([StandardScaler()], LogisticRegression()).fit(table)
        let job = Job()
        let scored = pipeline.transform(job.elements(table.blocks)).collect()
        try job.run(JobConfiguration(parallelism: 3))
        let found = scored.elements.sorted { $0.place < $1.place }
        #expect(try found == table.blocks.map { try pipeline.transform($0) })
    }

    @Test func aPipelineIsKeptAsOneModel() throws {
        let folder = NSTemporaryDirectory() + "gyre-pipeline-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let pipeline = try Pipeline([StandardScaler(), StandardScaler(centers: false)], LogisticRegression()).fit(table)
        try pipeline.save(to: folder)
        typealias Kept = PipelineModel<LogisticRegressionModel>
        let again = try Kept.load(from: folder, stages: [StandardScalerModel.self])
        #expect(again.record == pipeline.record && again.stages.count == 2)
        #expect(try again.transform(table.blocks[0]) == pipeline.transform(table.blocks[0]))
        #expect(throws: ModelError.otherAlgorithm(path: folder, expected: "", found: "standard-scaler")) {
            try Kept.load(from: folder, stages: [])
        }
        #expect(throws: ModelError.otherAlgorithm(path: folder, expected: "kmeans", found: "logistic-regression")) {
            try PipelineModel<KMeansModel>.load(from: folder, stages: [StandardScalerModel.self])
        }
        #expect(throws: ModelError.otherAlgorithm(path: folder, expected: "logistic-regression", found: "pipeline")) {
            try LogisticRegressionModel.load(from: folder)
        }
    }

    @Test func aBadStageIsNamedBeforeAnythingRuns() {
        #expect(throws: LearningError.self) {
            try Pipeline([StandardScaler()], LogisticRegression(l2: -1)).fit(table)
        }
    }

    @Test func aStreamIsKeptAndFitted() throws {
        let job = Job()
        // In any order: blocks are put in that of their places.
        let stream = job.elements(Array(table.blocks.reversed()))
        let fitted = try LogisticRegression().fit(stream, schema: table.schema)
        #expect(try fitted.record == LogisticRegression().fit(table).record)
    }

    @Test func onlyTheLastTrainingIsCheckpointed() throws {
        let folder = NSTemporaryDirectory() + "gyre-stream-" + UUID().uuidString
        func configuration(_ name: String) -> JobConfiguration {
            JobConfiguration(
                parallelism: 2, checkpoint: CheckpointPolicy(folder: "\(folder)-\(name)", everyRounds: 1))
        }
        defer {
            for name in ["stream", "pipeline"] { try? FileManager.default.removeItem(atPath: "\(folder)-\(name)") }
        }
        let stream = Job().elements(table.blocks)
        let fitted = try LogisticRegression().fit(
            stream, schema: table.schema, configuration: configuration("stream"))
        #expect(try fitted.record == LogisticRegression().fit(table).record)
        let pipeline = try Pipeline([StandardScaler()], LogisticRegression())
            .fit(table, configuration: configuration("pipeline"))
        #expect(try pipeline.record == Pipeline([StandardScaler()], LogisticRegression()).fit(table).record)
    }

    @Test func blocksBeyondTheBudgetAreRefused() throws {
        let job = Job()
        let stream = job.elements(table.blocks)
        let account = MemoryAccount(budget: 100_000)
        #expect(throws: MemoryError.self) {
            try FeatureTable.collect(stream, schema: table.schema, account: account)
        }
    }

    @Test func aTableGivesItsMemoryBack() throws {
        let bytes = table.blocks.reduce(0) { $0 + $1.byteCount }
        let account = MemoryAccount(budget: 3 * bytes / 2)
        for _ in 0..<5 {
            let kept = try FeatureTable.collect(
                Job().elements(table.blocks), schema: table.schema, account: account)
            // A second one does not fit beside it, and takes nothing.
            #expect(throws: MemoryError.self) {
                try FeatureTable.collect(Job().elements(table.blocks), schema: table.schema, account: account)
            }
            withExtendedLifetime(kept) { #expect(kept.rowCount == table.rowCount) }
        }
    }

    @Test func explainShowsTheKernelsLoopAndItsStep() throws {
        let job = Job("training")
        _ = try LogisticRegression().training(on: table, in: job).collect()
        let text = job.explain()
        #expect(text.contains("logistic-regression") && text.contains("l-bfgs") && text.contains("6000"))
    }

    @Test func thePlaneOfLargestSpread() throws {
        // Along (3, 4) far, along (−4, 3) less, and nothing else.
        var values: [Double] = []
        for step in -10...10 {
            for side in [-1.0, 1] { values += [3 * Double(step) - 4 * side, 4 * Double(step) + 3 * side, 7] }
        }
        let plane = try PrincipalPlane(of: FeatureTable(rows: values, columnCount: 3))
        let place = plane.places(of: DenseRows([3, 4, 7, -4, 3, 7], columnCount: 3))
        #expect(abs(place[0].x - 5) < 1e-9 && abs(place[0].y) < 1e-9)
        #expect(abs(place[1].x) < 1e-9 && abs(abs(place[1].y) - 5) < 1e-9)
    }
}
