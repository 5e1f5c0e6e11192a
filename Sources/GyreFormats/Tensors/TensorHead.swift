/// The head of a safetensors file: which tensor has which bytes.
struct TensorHead {
    struct Entry {
        var name: String
        var type: TensorType
        var shape: [Int]
        /// Counted from the end of the head.
        var place: Range<Int>
    }

    /// In the order of their bytes.
    var entries: [Entry]
    var metadata: [String: String]

    /// Lays the tensors of a file out.
    init(of file: TensorFile) {
        let ordered = file.tensors.sorted { left, right in
            let (first, second) = (left.value.type.rank, right.value.type.rank)
            return first == second ? left.key.precedes(right.key) : first < second
        }
        var end = 0
        entries = ordered.map { name, tensor in
            let start = end
            end += tensor.bytes.count
            return Entry(name: name, type: tensor.type, shape: tensor.shape, place: start..<end)
        }
        metadata = file.metadata
    }

    /// The head as the file has it, its length first.
    var bytes: [UInt8] {
        let text = TextBuffer()
        text.append("{")
        var separator = ""
        if !metadata.isEmpty {
            text.append("\"\(TensorFile.metadataName)\":{")
            for (name, value) in metadata.sorted(by: { $0.key.precedes($1.key) }) {
                text.append(separator)
                text.append(json: name)
                text.append(":")
                text.append(json: value)
                separator = ","
            }
            text.append("}")
        }
        for entry in entries {
            text.append(separator)
            text.append(json: entry.name)
            let sizes = entry.shape.map { "\($0)" }.joined(separator: ",")
            text.append(":{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(sizes)],")
            text.append("\"data_offsets\":[\(entry.place.lowerBound),\(entry.place.upperBound)]}")
            separator = ","
        }
        text.append("}")
        while text.count % 8 > 0 { text.append(" ") }
        precondition(
            text.count <= TensorFile.longestHead,
            "the head has \(text.count) bytes, the most is \(TensorFile.longestHead)")
        let length = UInt64(text.count).littleEndian
        return withUnsafeBytes(of: length) { Array($0) } + Array(text.bytes)
    }
}

extension String {
    /// Whether the UTF-8 stands before another's: an order that no version of Unicode changes.
    fileprivate func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}

extension TextBuffer {
    fileprivate func append(json text: String) {
        var text = text
        text.withUTF8 { appendJSON($0) }
    }
}
