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

    var format = ModelDocument.form
    var formatVersion = ModelDocument.currentVersion
    /// The version of Gyre that wrote it.
    var gyreVersion: String
    var algorithm: String
    var parameters: [String: ModelParameter]
    var schema: FeatureSchema
    var classes: [LabelValue]?
    var metrics: [String: Double]
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
        guard Set(schema.features).count == schema.features.count else {
            throw .damaged(path: path, expected: "features with distinct names")
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

extension UInt32 {
    /// Eight hexadecimal digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
