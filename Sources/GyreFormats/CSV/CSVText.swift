/// Writes fields of separated values: quoted where they could be misread.
struct CSVText {
    let delimiter: UInt8
    let quote: UInt8
    let nullText: [UInt8]

    init(_ format: CSVFormat) {
        delimiter = format.quoting.delimiter
        quote = format.quoting.quote
        nullText = Array(format.nullText.utf8)
    }

    func null(into buffer: TextBuffer) {
        nullText.withUnsafeBufferPointer { buffer.append($0) }
    }

    /// Text; in quotes also where it is empty or reads as no value.
    func field(_ text: UnsafeBufferPointer<UInt8>, into buffer: TextBuffer) {
        guard needsQuotes(text) else { return buffer.append(text) }
        buffer.append(quote)
        for byte in text {
            if byte == quote { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(quote)
    }

    func field(_ text: String, into buffer: TextBuffer) {
        var text = text
        text.withUTF8 { field($0, into: buffer) }
    }

    func header(_ names: [String]) -> [UInt8] {
        let buffer = TextBuffer()
        for (index, name) in names.enumerated() {
            if index > 0 { buffer.append(delimiter) }
            field(name, into: buffer)
        }
        buffer.append(UInt8(ascii: "\n"))
        return Array(buffer.bytes)
    }

    private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.isEmpty || text.elementsEqual(nullText) { return true }
        var isSpecial = false
        for byte in text {
            isSpecial =
                isSpecial || byte == delimiter || byte == quote || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        return isSpecial
    }
}
