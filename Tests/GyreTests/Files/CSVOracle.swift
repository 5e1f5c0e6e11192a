/// RFC 4180, a character at a time: what the reader is held against.
enum CSVOracle {
    struct Field: Equatable {
        var text: String
        var isQuoted: Bool
    }

    struct Record: Equatable {
        /// Of its first character, from 1.
        var line: Int
        var fields: [Field]
    }

    /// Sound text only. A line with nothing on it is no record.
    static func records(_ text: String, delimiter: Character = ",") -> [Record] {
        var records: [Record] = []
        var fields: [Field] = []
        var field = Field(text: "", isQuoted: false)
        var (line, firstLine) = (1, 1)
        var isInside = false
        // Scalars: a carriage return and a line feed are one Character.
        var rest = Array(text.unicodeScalars)[...]
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        func endRecord() {
            if !(fields.isEmpty && field.text.isEmpty && !field.isQuoted) {
                records.append(Record(line: firstLine, fields: fields + [field]))
            }
            fields = []
            field = Field(text: "", isQuoted: false)
        }
        while let next = rest.popFirst() {
            if next == "\n" { line += 1 }
            if isInside {
                if next == "\"" {
                    if rest.first == "\"" {
                        field.text.unicodeScalars.append(rest.removeFirst())
                    } else {
                        isInside = false
                    }
                } else {
                    field.text.unicodeScalars.append(next)
                }
            } else if next == "\"" {
                field.isQuoted = true
                isInside = true
            } else if Character(next) == delimiter {
                fields.append(field)
                field = Field(text: "", isQuoted: false)
            } else if next == "\r", rest.first == "\n" || rest.isEmpty {
                continue
            } else if next == "\n" {
                endRecord()
                firstLine = line
            } else {
                field.text.unicodeScalars.append(next)
            }
        }
        endRecord()
        return records
    }
}
