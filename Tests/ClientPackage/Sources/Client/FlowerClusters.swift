import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms

/// The code of Docs/Guides/Learning.md: from a file to a model to predictions.
enum FlowerClusters {
    private static var path: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../../Datasets/iris.csv").standardizedFileURL.path
    }

    static func check() throws -> Outcome {
        let table = try FeatureTable.load(FeatureInput(paths: [path], label: "species"))
        guard table.rowCount == 150, table.schema.features.count == 4 else { return .fails("not the flowers' table") }
        let model = try fitted(to: table)
        let clusters = try scored(by: model)
        guard clusters.count == 150, Set(clusters).count == 3 else { return .fails("not three clusters") }
        // The first species is apart from the others.
        guard Set(clusters[..<50]).count == 1, !clusters[50...].contains(clusters[0]) else {
            return .fails("the first species is no cluster")
        }
        return try isKept(model, table) ? .holds("") : .fails("the model is not kept as it is")
    }

    private static func fitted(to table: FeatureTable) throws -> PipelineModel<KMeansModel> {
        let pipeline = Pipeline([StandardScaler()], KMeans(k: 3, seed: 1))
        let model = try pipeline.fit(table)
        return model
    }

    /// The number of each flower's cluster.
    private static func scored(by model: PipelineModel<KMeansModel>) throws -> [Double] {
        let job = Job("score flowers")
        let flowers = job.features(FeatureInput(paths: [path]), schema: model.inputSchema, requiresLabel: false)
        let scored = model.transform(flowers).collect()
        try job.run()
        return scored.elements.sorted { $0.place < $1.place }.flatMap { block -> [Double] in
            guard case .numbers(let values) = block.values else { return [] }
            return Array(values)
        }
    }

    private static func isKept(_ model: PipelineModel<KMeansModel>, _ table: FeatureTable) throws -> Bool {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flowers-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try model.save(to: folder)
        let again = try PipelineModel<KMeansModel>.load(from: folder, stages: [StandardScalerModel.self])
        guard again.record == model.record, let scaler = again.stages.first else { return false }
        let scaled = try scaler.transform(table)
        let measured = try ModelEvaluation(of: model.last, on: scaled)
        let inertia = measured.metrics[0].value
        return inertia > 100 && inertia < 200
    }
}
