import Foundation
import GyreFormats
import Testing

/// What is written, and that it reads back equal, here and in Python.
struct TensorFileTests {
    static let model = TensorFile(
        [
            "coefficients": Tensor([1.5, -2.25, 3, 0.1, 1e300, -0.0], shape: [2, 3]),
            "intercept": Tensor([0.5, -0.5]), "counts": Tensor([1, 2, -3] as [Int64]),
            "single": Tensor([1.25, 2.5] as [Float], shape: [2, 1]),
            "mask": Tensor(type: .bool, shape: [3], bytes: [1, 0, 1]), "bytes": Tensor([0, 1, 2, 3, 4] as [UInt8]),
            "scalar": Tensor([7] as [Int32], shape: []), "empty": Tensor([] as [Double], shape: [0, 3]),
        ], metadata: ["format": "gyre"])

    /// Those tensors, by `safetensors.numpy.save` of the Python package safetensors 0.8.0.
    private static let fromPython = """
        EAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJneXJlIn0sImNvdW50cyI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbM10s\
        ImRhdGFfb2Zmc2V0cyI6WzAsMjRdfSwiY29lZmZpY2llbnRzIjp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOlsyLDNdLCJkYXRhX29mZnNl\
        dHMiOlsyNCw3Ml19LCJlbXB0eSI6eyJkdHlwZSI6IkY2NCIsInNoYXBlIjpbMCwzXSwiZGF0YV9vZmZzZXRzIjpbNzIsNzJdfSwiaW50\
        ZXJjZXB0Ijp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbNzIsODhdfSwic2luZ2xlIjp7ImR0eXBlIjoi\
        RjMyIiwic2hhcGUiOlsyLDFdLCJkYXRhX29mZnNldHMiOls4OCw5Nl19LCJzY2FsYXIiOnsiZHR5cGUiOiJJMzIiLCJzaGFwZSI6W10s\
        ImRhdGFfb2Zmc2V0cyI6Wzk2LDEwMF19LCJieXRlcyI6eyJkdHlwZSI6IlU4Iiwic2hhcGUiOls1XSwiZGF0YV9vZmZzZXRzIjpbMTAw\
        LDEwNV19LCJtYXNrIjp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzEwNSwxMDhdfX0BAAAAAAAAAAIA\
        AAAAAAAA/f////////8AAAAAAAD4PwAAAAAAAALAAAAAAAAACECamZmZmZm5P5x1AIg85Dd+AAAAAAAAAIAAAAAAAADgPwAAAAAAAOC/\
        AACgPwAAIEAHAAAAAAECAwQBAAE=
        """

    @Test("A file of the Python package is read, and ours is the same byte for byte")
    func python() throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: Self.fromPython)))
        #expect(try TensorFile(bytes: bytes, path: "python") == Self.model)
        #expect(Self.model.bytes == bytes)
    }

    @Test("The bytes of a small file")
    func golden() {
        let file = TensorFile(
            ["b": Tensor([258] as [UInt16]), "a\"\n": Tensor([1] as [Int8])], metadata: ["z": "é", "k": "\\"])
        let head =
            #"{"__metadata__":{"k":"\\","z":"é"},"b":{"dtype":"U16","shape":[1],"data_offsets":[0,2]},"#
            + #""a\"\n":{"dtype":"I8","shape":[1],"data_offsets":[2,3]}}"#
        let padded = head + String(repeating: " ", count: (8 - head.utf8.count % 8) % 8)
        #expect(file.bytes == [UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(padded.utf8) + [2, 1, 1])
        #expect(file.names == ["b", "a\"\n"])
        let empty = TensorFile([:])
        #expect(empty.bytes == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    }

    @Test("Elements come back, in their type only")
    func values() throws {
        let file = Self.model
        #expect(file["coefficients"]?.doubles == [1.5, -2.25, 3, 0.1, 1e300, -0.0])
        #expect(file["coefficients"]?.floats == nil)
        #expect(file["single"]?.floats == [1.25, 2.5])
        #expect(file["counts"]?.integers == [1, 2, -3])
        #expect(file["bytes"]?.values(of: UInt8.self) == [0, 1, 2, 3, 4])
        #expect(file["mask"]?.values(of: UInt8.self) == nil)
        #expect(file["scalar"]?.shape == [] && file["scalar"]?.count == 1)
        #expect(file["empty"]?.doubles == [])
        #expect(file["none"] == nil)
        let (values, shape) = try file.values(of: "coefficients", as: Double.self, shape: [nil, 3], path: "m")
        #expect(values.count == 6 && shape == [2, 3])
        #expect(
            throws: FormatError.badHeader(
                path: "m", expected: "a tensor \"intercept\" of type F64 and shape [n, 3]", found: "F64 of shape [2]")
        ) { try file.values(of: "intercept", as: Double.self, shape: [nil, 3], path: "m") }
        #expect(
            throws: FormatError.badHeader(
                path: "m", expected: "a tensor \"none\" of type F32 and shape []", found: "none")
        ) { try file.values(of: "none", as: Float.self, shape: [], path: "m") }
    }

    @Test("Random files read back equal, to equal bytes")
    func roundTrips() throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let file = RandomTensors.file(&random)
            let bytes = file.bytes
            let back = try TensorFile(bytes: bytes, path: "seed \(seed)")
            #expect(back == file, "seed \(seed)")
            #expect(back.bytes == bytes, "seed \(seed)")
            let first = back.names.first.flatMap { back[$0] }
            #expect(file.names.count == 0 || first != nil, "seed \(seed)")
        }
    }

    @Test("A file appears whole, and what is larger than a step of reading comes back")
    func files() throws {
        let folder = TemporaryFolder()
        let many = TensorFile(["w": Tensor((0..<400_000).map { Double($0) / 3 }, shape: [4_000, 100])])
        try many.write(to: folder.at("weights.safetensors"))
        #expect(folder.names == ["weights.safetensors"])
        #expect(try TensorFile(path: folder.at("weights.safetensors")) == many)
        #expect(throws: FormatError.missing(path: "none")) { try TensorFile(path: "none") }
        #expect(throws: FormatError.isFolder(path: folder.path)) { try TensorFile(path: folder.path) }
    }

    @Test("Every type has the size and the name of the format")
    func types() {
        #expect(
            TensorType.allCases.map(\.rawValue).joined(separator: " ")
                == "U64 I64 F64 C64 F32 U32 I32 BF16 F16 U16 I16 F8_E8M0 F8_E4M3 F8_E5M2 I8 U8 BOOL")
        #expect(TensorType.allCases.map(\.size) == [8, 8, 8, 8, 4, 4, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1])
        #expect(Double.tensorType.size == 8 && Float.tensorType.size == 4 && Int16.tensorType.size == 2)
        #expect(UInt64.tensorType == .uint64 && UInt32.tensorType == .uint32 && Int8.tensorType == .int8)
    }
}
