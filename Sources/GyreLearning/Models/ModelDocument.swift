import Foundation
import Gyre
import GyreFormats

/// `model.json`: what a model is, besides its numbers.
///
/// The checksum is the CRC-32 of the document as it would be written without one, so that any change of a known value is
/// found; order and white space are free.
struct ModelDocument: Codable, Equatable {
    /// What the file says it is.
    static let form = "gyre-model"
    /// Grows when a reader of the version before could misunderstand the document.
    static let currentVersion = 1

    struct Weights: Codable, Equatable {
        var file: String
        var bytes: Int
        var crc32: String
    }

    /// A stage of a pipeline.
    struct Stage: Codable, Equatable {
        var algorithm: String
        var parameters: [String: ModelParameter]
        var schema: FeatureSchema
        var classes: [LabelValue]?
        var metrics: [String: Double]
    }

    var format = ModelDocument.form
    var formatVersion = ModelDocument.currentVersion
    /// The version of Gyre that wrote it.
    var gyreVersion: String
    var algorithm: String
    var parameters: [String: ModelParameter]
    var schema: FeatureSchema
    var classes: [LabelValue]?
    var metrics: [String: Double]
    /// What a pipeline is made of.
    var stages: [Stage]?
    var weights: Weights
    var crc32: String?

    /// The document as text, its keys in order.
    func text() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// The same document with its checksum.
    func sealed() throws -> ModelDocument {
        var document = self
        document.crc32 = nil
        document.crc32 = Checksum.of(try document.text()).hexadecimal
        return document
    }

    /// Reads a document.
    init(_ text: [UInt8], path: String) throws(ModelError) {
        let decoder = JSONDecoder()
        guard let head = try? decoder.decode(Head.self, from: Data(text)), head.format == Self.form else {
            throw .damaged(path: path, expected: "JSON with \"format\": \"\(Self.form)\"")
        }
        guard head.formatVersion <= Self.currentVersion else {
            throw .newer(path: path, version: head.formatVersion, known: Self.currentVersion)
        }
        do {
            self = try decoder.decode(ModelDocument.self, from: Data(text))
        } catch {
            throw .damaged(path: path, expected: Self.expectation(error))
        }
        guard let crc32, let sealed = try? sealed(), crc32 == sealed.crc32 else {
            throw .damaged(path: path, expected: "the checksum of what it says")
        }
        guard ([schema] + (stages ?? []).map(\.schema)).allSatisfy(\.hasDistinctNames) else {
            throw .damaged(path: path, expected: "columns with distinct names")
        }
    }

    init(_ record: ModelRecord, weights: Weights) {
        gyreVersion = GyreVersion.current
        self.weights = weights
        algorithm = record.algorithm
        parameters = record.parameters
        schema = record.schema
        classes = record.classes
        metrics = record.metrics.filter(\.value.isFinite)
        if !record.stages.isEmpty {
            stages = record.stages.map { stage in
                precondition(stage.stages.isEmpty, "a pipeline within a pipeline is to be written as one")
                return Stage(
                    algorithm: stage.algorithm, parameters: stage.parameters, schema: stage.schema,
                    classes: stage.classes, metrics: stage.metrics.filter(\.value.isFinite))
            }
        }
    }

    /// The record, with its tensors and those of its stages by their names in the file.
    func record(_ tensors: [String: Tensor]) -> ModelRecord {
        let stages = (stages ?? []).enumerated().map { number, stage in
            let prefix = ModelRecord.prefix(ofStage: number)
            let own = tensors.filter { $0.key.hasPrefix(prefix) }
            return ModelRecord(
                algorithm: stage.algorithm, parameters: stage.parameters, schema: stage.schema,
                classes: stage.classes, metrics: stage.metrics,
                tensors: Dictionary(
                    uniqueKeysWithValues: own.map { (String($0.key.dropFirst(prefix.count)), $0.value) }))
        }
        return ModelRecord(
            algorithm: algorithm, parameters: parameters, schema: schema, classes: classes, metrics: metrics,
            tensors: stages.isEmpty ? tensors : [:], stages: stages)
    }

    private struct Head: Decodable {
        var format: String
        var formatVersion: Int
    }

    private static func expectation(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "the document of a model" }
        func name(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
        return switch error {
        case .keyNotFound(let key, let context): "\"\(name(context.codingPath + [key]))\""
        case .typeMismatch(let type, let context): "\"\(name(context.codingPath))\" to be a \(type)"
        case .valueNotFound(let type, let context): "\"\(name(context.codingPath))\" to be a \(type)"
        default: "the document of a model"
        }
    }
}

extension ModelRecord {
    static func prefix(ofStage number: Int) -> String { "\(number)." }

    /// The tensors by their names in the file.
    var namedTensors: [String: Tensor] {
        stages.enumerated().reduce(into: tensors) { all, stage in
            for (name, tensor) in stage.element.tensors { all[Self.prefix(ofStage: stage.offset) + name] = tensor }
        }
    }
}

extension UInt32 {
    /// Eight hexadecimal digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
