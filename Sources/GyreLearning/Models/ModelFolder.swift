import Glibc
public import GyreFormats

/// A model as a folder: `model.json` says what it is, `weights.safetensors` holds its numbers, for Python too.
///
/// Both files have checksums. A folder appears whole, and takes the place of an older model in one step.
public struct ModelFolder: Sendable {
    static let documentName = "model.json"
    static let weightsName = "weights.safetensors"

    private let output: OutputFolder

    /// Claims the place of a model that is yet to be made: what cannot be created is told now.
    ///
    /// - Throws: `FormatError.cannotCreate` where something other than a model or an empty folder stands there.
    public init(creatingAt path: String) throws(FormatError) {
        output = try OutputFolder(path: path, replacing: [Self.documentName, Self.weightsName])
    }

    /// Writes a model and lets it appear.
    public func write(_ record: ModelRecord) throws {
        let weights = TensorFile(
            record.namedTensors, metadata: ["format": ModelDocument.form, "algorithm": record.algorithm]
        ).bytes
        let document = try ModelDocument(
            record,
            weights: ModelDocument.Weights(
                file: Self.weightsName, bytes: weights.count, crc32: Checksum.of(weights).hexadecimal)
        ).sealed().text()
        var parts: [OutputPart] = []
        for (name, bytes) in [(Self.weightsName, weights), (Self.documentName, document)] {
            let part = try output.part(named: name)
            try bytes.withUnsafeBytes { try part.write($0) }
            parts.append(part)
        }
        try output.publish(parts)
    }

    /// Reads a model.
    ///
    /// - Throws: `ModelError`.
    public static func read(_ path: String) throws(ModelError) -> ModelRecord {
        let documentPath = path + "/" + documentName
        let document = try ModelDocument(try bytes(of: documentPath), path: documentPath)
        guard document.weights.file == weightsName else {
            throw .damaged(path: documentPath, expected: "weights in \(weightsName)")
        }
        let weightsPath = path + "/" + weightsName
        let weights = try bytes(of: weightsPath)
        guard weights.count == document.weights.bytes else {
            throw .damaged(path: weightsPath, expected: "\(document.weights.bytes) bytes")
        }
        guard Checksum.of(weights).hexadecimal == document.weights.crc32 else {
            throw .damaged(path: weightsPath, expected: "the checksum \(document.weights.crc32)")
        }
        guard let file = try? TensorFile(bytes: weights, path: weightsPath) else {
            throw .damaged(path: weightsPath, expected: "the form of safetensors")
        }
        return document.record(file.tensors)
    }

    private static func bytes(of path: String) throws(ModelError) -> [UInt8] {
        guard let file = fopen(path, "rbe") else {
            if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
            throw .damaged(path: path, expected: "a file that can be read")
        }
        defer { fclose(file) }
        var all: [UInt8] = []
        let step = 1 << 20
        while true {
            let room = [UInt8](unsafeUninitializedCapacity: step) { target, count in
                count = fread(target.baseAddress, 1, step, file)
            }
            all += room
            if room.count < step { break }
        }
        guard ferror(file) == 0 else { throw .damaged(path: path, expected: "a file that can be read") }
        return all
    }
}
