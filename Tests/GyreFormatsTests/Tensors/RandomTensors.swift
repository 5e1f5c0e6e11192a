import GyreFormats

/// Files of random tensors.
enum RandomTensors {
    private static let letters: [Character] = ["a", "Z", "0", ".", "\"", "\\", "é", "\n", "😀", "\u{1}", "/", " "]

    static func file(_ random: inout some RandomNumberGenerator) -> TensorFile {
        var tensors: [String: Tensor] = [:]
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            tensors[text(&random)] = tensor(&random)
        }
        var metadata: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...3, using: &random) { metadata[text(&random)] = text(&random) }
        return TensorFile(tensors, metadata: metadata)
    }

    private static func tensor(_ random: inout some RandomNumberGenerator) -> Tensor {
        let type = TensorType.allCases[Int.random(in: 0..<TensorType.allCases.count, using: &random)]
        let shape = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0...4, using: &random) }
        let bytes = (0..<shape.reduce(type.size, *)).map { _ in UInt8.random(in: 0...255, using: &random) }
        return Tensor(type: type, shape: shape, bytes: bytes)
    }

    private static func text(_ random: inout some RandomNumberGenerator) -> String {
        let length = Int.random(in: 0...5, using: &random)
        return String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
    }
}
