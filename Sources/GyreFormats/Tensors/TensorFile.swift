/// Named tensors as the safetensors format keeps them: what Python's `safetensors` package reads and writes.
///
/// ```
/// length    8 bytes  of the head, little-endian
/// head               JSON: {"name": {"dtype": "F64", "shape": [2, 3], "data_offsets": [0, 48]}, …}, padded by spaces
///                    to a multiple of 8; "__metadata__" holds texts by name
/// data               the tensors' bytes, one after the other, without holes
/// ```
///
/// Equal files have equal bytes: tensors stand in the order of the reference implementation, by type and then by name,
/// texts by name. Names are compared as Swift compares strings, so that two forms of one Unicode text are one name.
public struct TensorFile: Equatable, Sendable {
    /// The name that no tensor can have, since the head uses it.
    public static let metadataName = "__metadata__"
    /// The longest head that is read or written, as in the reference implementation.
    public static let longestHead = 100_000_000

    public private(set) var tensors: [String: Tensor]
    /// Free texts about the file.
    public private(set) var metadata: [String: String]

    /// - Precondition: no tensor is named `metadataName`.
    public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
        precondition(tensors[Self.metadataName] == nil, "no tensor can be named \(Self.metadataName)")
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The tensor of a name; nil where there is none.
    public subscript(name: String) -> Tensor? { tensors[name] }

    /// The names, in the order of the file.
    public var names: [String] { TensorHead(of: self).entries.map(\.name) }

    /// The file as bytes. Traps where the head would be longer than `longestHead`.
    public var bytes: [UInt8] {
        let head = TensorHead(of: self)
        var bytes = head.bytes
        bytes.reserveCapacity(bytes.count + (head.entries.last?.place.upperBound ?? 0))
        for entry in head.entries { bytes += tensors[entry.name]?.bytes ?? [] }
        return bytes
    }

    /// Appends the file to an output, without a copy of the tensors. Traps as `bytes` does.
    public func write(to output: OutputFile) throws(FormatError) {
        let head = TensorHead(of: self)
        try output.write(all: head.bytes)
        for entry in head.entries { try output.write(all: tensors[entry.name]?.bytes ?? []) }
    }

    /// Writes a file that appears whole or not at all, durable.
    public func write(to path: String) throws(FormatError) {
        let output = try OutputFile(path: path)
        try write(to: output)
        try output.commit()
    }
}

extension OutputFile {
    fileprivate func write(all bytes: [UInt8]) throws(FormatError) {
        // `withUnsafeBytes` cannot throw a typed error past the closure's own.
        let result = bytes.withUnsafeBytes { chunk in
            Result { () throws(FormatError) in try write(chunk) }
        }
        try result.get()
    }
}
