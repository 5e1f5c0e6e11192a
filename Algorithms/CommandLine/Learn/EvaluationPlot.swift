import GyreCharts
import GyreLearning
import GyreLearningAlgorithms

/// The picture of an evaluation: the ROC curve, the residuals, or the clusters in a plane.
enum EvaluationPlot {
    /// Points of a curve, and rows that are drawn.
    private static let mostCurvePoints = 1_000
    private static let mostRows = 5_000

    static func chart(of model: any Model, _ table: FeatureTable, _ evaluation: ModelEvaluation) throws -> Chart {
        switch type(of: model).task {
        case .classification: try curve(evaluation)
        case .regression: residuals(evaluation)
        case .clustering: try clusters(model, table, evaluation)
        }
    }

    private static func curve(_ evaluation: ModelEvaluation) throws -> Chart {
        // Of one class alone there is no curve.
        guard evaluation.metrics.allSatisfy(\.value.isFinite) else {
            return .receiverOperatingCharacteristic(curve: [], area: .nan)
        }
        let curve = try ROCCurve(
            isPositive: evaluation.isPositive, scores: evaluation.predictions.flatMap { $0.probabilities ?? [] },
            weights: evaluation.weights)
        return .receiverOperatingCharacteristic(
            curve: curve.thinned(to: mostCurvePoints).map { ChartPoint($0.falsePositiveRate, $0.truePositiveRate) },
            area: curve.area)
    }

    private static func residuals(_ evaluation: ModelEvaluation) -> Chart {
        let predictions = numbers(evaluation.predictions)
        return .residuals(
            points: sample(predictions.count).map {
                ChartPoint(predictions[$0], evaluation.labels[$0] - predictions[$0])
            })
    }

    private static func clusters(
        _ model: any Model, _ table: FeatureTable, _ evaluation: ModelEvaluation
    ) throws -> Chart {
        let centers = try model.record.numbers("centroids", shape: [nil, table.schema.features.count])
        let plane = try PrincipalPlane(of: table)
        let numbers = numbers(evaluation.predictions)
        let count = centers.count / max(1, table.schema.features.count)
        var clusters = [[ChartPoint]](repeating: [], count: count)
        for row in sample(table.rowCount) {
            let place = plane.place(of: table, row: row)
            clusters[Int(numbers[row])].append(ChartPoint(place.x, place.y))
        }
        let marks = plane.places(of: DenseRows(centers, columnCount: table.schema.features.count))
        return .clusters(clusters: clusters, centers: marks.map { ChartPoint($0.x, $0.y) })
    }

    /// Evenly spaced rows.
    private static func sample(_ count: Int) -> [Int] {
        count <= mostRows ? Array(0..<count) : (0..<mostRows).map { $0 * count / mostRows }
    }

    private static func numbers(_ predictions: [Predictions]) -> [Double] {
        predictions.flatMap { $0.values.numbers ?? [] }
    }
}
