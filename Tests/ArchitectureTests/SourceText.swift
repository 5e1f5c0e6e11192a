/// Swift source with comments, and string literals where asked, replaced by spaces.
///
/// Offsets and line breaks stay as they are, so that what is found in one form can be looked up in another. Code
/// inside an interpolation counts as code. Regular-expression literals are not known: a quote in one hides at most the
/// rest of its line.
struct SourceText {
    let bytes: [UInt8]
    /// The bytes outside comments.
    let withoutComments: [UInt8]
    /// The bytes outside comments and string literals.
    let code: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
        var scanner = LiteralScanner(bytes: bytes)
        scanner.scan()
        withoutComments = scanner.withoutComments
        code = scanner.code
    }

    /// Lines of `code`, without their line breaks.
    var codeLines: [String] {
        code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The line, from 1, that holds the byte at `offset`.
    func line(at offset: Int) -> Int {
        1 + bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
    }

    /// Offsets at which `word` starts in `text`, neither preceded nor followed by a letter, digit or underscore.
    static func offsets(of word: String, in text: [UInt8]) -> [Int] {
        let pattern = Array(word.utf8)
        guard let first = pattern.first, let last = pattern.last, text.count >= pattern.count else { return [] }
        return (0...(text.count - pattern.count)).filter { start in
            let end = start + pattern.count
            guard text[start] == first, text[start..<end].elementsEqual(pattern) else { return false }
            let joinsBefore = isWord(first) && start > 0 && isWord(text[start - 1])
            let joinsAfter = isWord(last) && end < text.count && isWord(text[end])
            return !joinsBefore && !joinsAfter
        }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// Finds comments and string literals in Swift source.
private struct LiteralScanner {
    /// What the scanner is inside of; the outermost is code.
    enum Place {
        /// Code, with the number of open parentheses where it is an interpolation.
        case code(parentheses: Int)
        case string(hashes: Int, multiline: Bool)
    }

    let bytes: [UInt8]
    var withoutComments: [UInt8]
    var code: [UInt8]
    var places: [Place] = [.code(parentheses: 0)]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        withoutComments = bytes
        code = bytes
    }

    mutating func scan() {
        while position < bytes.count {
            switch places[places.count - 1] {
            case .code(let parentheses): scanCode(parentheses)
            case .string(let hashes, let multiline): scanString(hashes, multiline)
            }
        }
    }

    mutating func scanCode(_ parentheses: Int) {
        if starts("//") {
            while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank(comment: true) }
        } else if starts("/*") {
            scanBlockComment()
        } else if let opening = stringOpening() {
            for _ in 0..<opening.length { blank(comment: false) }
            places.append(.string(hashes: opening.hashes, multiline: opening.multiline))
        } else {
            // Parentheses are counted inside interpolations only; the outermost code never ends.
            let isInterpolation = places.count > 1
            if isInterpolation, bytes[position] == UInt8(ascii: "(") {
                places[places.count - 1] = .code(parentheses: parentheses + 1)
            } else if isInterpolation, bytes[position] == UInt8(ascii: ")") {
                places.removeLast()
                guard parentheses > 1 else {
                    blank(comment: false)
                    return
                }
                places.append(.code(parentheses: parentheses - 1))
            }
            position += 1
        }
    }

    mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                blank(comment: true)
            } else if starts("*/") {
                depth -= 1
                blank(comment: true)
            }
            if position < bytes.count { blank(comment: true) }
        } while depth > 0 && position < bytes.count
    }

    mutating func scanString(_ hashes: Int, _ multiline: Bool) {
        let marks = String(repeating: "#", count: hashes)
        if starts("\\" + marks + "(") {
            for _ in 0..<(hashes + 2) { blank(comment: false) }
            places.append(.code(parentheses: 1))
        } else if starts("\\" + marks) {
            for _ in 0..<(hashes + 2) where position < bytes.count { blank(comment: false) }
        } else if starts((multiline ? "\"\"\"" : "\"") + marks) {
            for _ in 0..<((multiline ? 3 : 1) + hashes) { blank(comment: false) }
            places.removeLast()
        } else {
            if !multiline, bytes[position] == UInt8(ascii: "\n") { places.removeLast() }
            blank(comment: false)
        }
    }

    /// The quote that starts here, if one does: its length with the number signs before it.
    func stringOpening() -> (length: Int, hashes: Int, multiline: Bool)? {
        var hashes = 0
        while position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
        guard starts("\"", after: hashes) else { return nil }
        let multiline = starts("\"\"\"", after: hashes)
        return (hashes + (multiline ? 3 : 1), hashes, multiline)
    }

    func starts(_ text: String, after skipped: Int = 0) -> Bool {
        bytes[min(position + skipped, bytes.count)...].starts(with: text.utf8)
    }

    /// Replaces the byte here by a space, unless it ends a line, and goes on to the next.
    mutating func blank(comment: Bool) {
        if bytes[position] != UInt8(ascii: "\n") {
            code[position] = UInt8(ascii: " ")
            if comment { withoutComments[position] = UInt8(ascii: " ") }
        }
        position += 1
    }
}
