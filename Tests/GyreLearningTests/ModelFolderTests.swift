import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct ModelFolderTests {
    private let model = StandardScalerModel(
        inputSchema: FeatureSchema(features: ["height", "weight"], label: .init(name: "sex", kind: .text)),
        means: [1.5, -0.1], deviations: [2, 1e-3])

    /// Runs `body` with the path of a model that is not there yet.
    private func withPath(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gyre-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appendingPathComponent("model").path)
    }

    private func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        body(&bytes)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test func savedIsLoaded() throws {
        try withPath { path in
            try model.save(to: path)
            #expect(try StandardScalerModel.load(from: path).record == model.record)
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(names == ["model.json", "weights.safetensors"])
        }
    }

    @Test func aNewModelTakesThePlaceOfAnOldOne() throws {
        try withPath { path in
            try model.save(to: path)
            let other = StandardScalerModel(
                inputSchema: FeatureSchema(features: ["a"]), means: nil, deviations: [3])
            try other.save(to: path)
            #expect(try StandardScalerModel.load(from: path).record == other.record)
            let beside = try FileManager.default.contentsOfDirectory(
                atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
            #expect(beside == ["model"])
        }
    }

    @Test func whatIsNoModelIsNotReplaced() throws {
        try withPath { path in
            try model.save(to: path)
            let other = path + "/notes.txt"
            #expect(FileManager.default.createFile(atPath: other, contents: Data("mine".utf8)))
            #expect(throws: FormatError.cannotCreate(path: path, code: ENOTEMPTY)) { try model.save(to: path) }
            #expect(FileManager.default.fileExists(atPath: other))
            #expect(try StandardScalerModel.load(from: path).record == model.record)
        }
    }

    @Test func everyCutIsFound() throws {
        try withPath { path in
            try model.save(to: path)
            for name in ["model.json", "weights.safetensors"] {
                let file = path + "/" + name
                let whole = try Data(contentsOf: URL(fileURLWithPath: file))
                for count in 0..<whole.count - 1 {
                    try whole.prefix(count).write(to: URL(fileURLWithPath: file))
                    #expect(throws: ModelError.self, "\(name) cut to \(count) bytes") {
                        try StandardScalerModel.load(from: path)
                    }
                }
                try whole.write(to: URL(fileURLWithPath: file))
            }
            #expect(try StandardScalerModel.load(from: path).record == model.record)
        }
    }

    @Test func everyChangedByteOfTheWeightsIsFound() throws {
        try withPath { path in
            try model.save(to: path)
            let file = path + "/weights.safetensors"
            let count = try Data(contentsOf: URL(fileURLWithPath: file)).count
            for index in 0..<count {
                try change(file) { $0[index] ^= 1 }
                #expect(throws: ModelError.self, "byte \(index)") { try StandardScalerModel.load(from: path) }
                try change(file) { $0[index] ^= 1 }
            }
        }
    }

    @Test(arguments: [
        ("\"standard-scaler\"", "\"kmeans\""), ("\"height\"", "\"heights\""),
        ("\"centers\" : true", "\"centers\" : false"),
        ("\"sex\"", "\"age\""), ("\"bytes\" : ", "\"bytes\" : 1"),
    ]) func aChangedDocumentIsFound(text: String, replacement: String) throws {
        try withPath { path in
            try model.save(to: path)
            let file = path + "/model.json"
            let before = try String(contentsOfFile: file, encoding: .utf8)
            #expect(before.contains(text))
            try before.replacing(text, with: replacement).write(toFile: file, atomically: false, encoding: .utf8)
            #expect(throws: ModelError.damaged(path: file, expected: "the checksum of what it says")) {
                try StandardScalerModel.load(from: path)
            }
        }
    }

    @Test func aNewerFormIsRefused() throws {
        try withPath { path in
            try model.save(to: path)
            let file = path + "/model.json"
            let before = try String(contentsOfFile: file, encoding: .utf8)
            try before.replacing("\"formatVersion\" : 1", with: "\"formatVersion\" : 2")
                .write(toFile: file, atomically: false, encoding: .utf8)
            #expect(throws: ModelError.newer(path: file, version: 2, known: 1)) {
                try StandardScalerModel.load(from: path)
            }
        }
    }

    @Test func anotherAlgorithmIsRefused() throws {
        try withPath { path in
            var record = model.record
            record.algorithm = "kmeans"
            try ModelFolder(creatingAt: path).write(record)
            #expect(
                throws: ModelError.otherAlgorithm(path: path, expected: "standard-scaler", found: "kmeans")
            ) { try StandardScalerModel.load(from: path) }
        }
    }

    @Test func aMissingModelIsNamed() throws {
        try withPath { path in
            #expect(throws: ModelError.missing(path: path + "/model.json")) {
                try StandardScalerModel.load(from: path)
            }
        }
    }

    @Test func weightsOfAnotherShapeAreRefused() throws {
        try withPath { path in
            var record = model.record
            record.tensors["means"] = Tensor([1.0, 2, 3])
            try ModelFolder(creatingAt: path).write(record)
            #expect(throws: ModelError.badWeights(tensor: "means", expected: "F64 of 2")) {
                try StandardScalerModel.load(from: path)
            }
        }
    }
}
