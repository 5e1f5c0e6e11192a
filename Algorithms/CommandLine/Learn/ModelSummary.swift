import Foundation
import GyreFormats
import GyreLearning

/// What `-v` tells of a model: its largest numbers, readable.
enum ModelSummary {
    private static let mostLines = 20

    static func text(of record: ModelRecord) -> String {
        let features = record.schema.features
        var lines = ["model of \(record.algorithm), \(features.count) features"]
        if let classes = record.classes {
            lines.append("classes: \(classes.map(\.description).joined(separator: ", "))")
        }
        if let coefficients = record.tensors["coefficients"]?.doubles {
            if let intercept = record.tensors["intercept"]?.doubles?.first {
                lines.append("  \(aligned(intercept))  (intercept)")
            }
            let largest = zip(features, coefficients).sorted { abs($0.1) > abs($1.1) }
            lines += largest.prefix(mostLines).map { "  \(aligned($0.1))  \($0.0)" }
            lines += rest(largest.count, of: "features")
        }
        if let centroids = record.tensors["centroids"]?.doubles, !features.isEmpty {
            let count = centroids.count / features.count
            for cluster in 0..<min(count, mostLines) {
                let center = centroids[cluster * features.count..<(cluster + 1) * features.count]
                lines.append("  cluster \(cluster): " + shortened(center.map { String(format: "%.4g", $0) }))
            }
            lines += rest(count, of: "clusters")
        }
        return lines.map { "gyre: \($0)\n" }.joined()
    }

    private static func aligned(_ value: Double) -> String { String(format: "%12.6g", value) }

    private static func shortened(_ values: [String]) -> String {
        values.prefix(8).joined(separator: ", ") + (values.count > 8 ? ", …" : "")
    }

    private static func rest(_ count: Int, of what: String) -> [String] {
        count > mostLines ? ["  and \(count - mostLines) more \(what)"] : []
    }
}
