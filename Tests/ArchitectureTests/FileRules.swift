/// What holds for each Swift file by itself.
enum FileRules {
    static let mostLines = 600
    static let bannedWords: Set<String> = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Impl"]

    static func size(of file: SourceFile) -> [Violation] {
        let newlines = file.source.bytes.count { $0 == UInt8(ascii: "\n") }
        let endsOpen = file.source.bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
        let lines = newlines + (endsOpen ? 1 : 0)
        guard lines > mostLines else { return [] }
        return [Violation(file: file.path, line: lines, message: "has \(lines) lines; the most is \(mostLines)")]
    }

    static func name(of file: SourceFile) -> [Violation] {
        words(of: file.name).filter(bannedWords.contains).map {
            Violation(file: file.path, line: 1, message: "\($0) names no concept; say what the file is about")
        }
    }

    /// `try!` and `as!` outside tests; a forced unwrap is the linter's to find.
    static func noForcing(in file: SourceFile) -> [Violation] {
        guard !file.isInside("Tests") else { return [] }
        return ["try!", "as!"].flatMap { word in
            SourceText.offsets(of: word, in: file.source.code).map {
                Violation(file: file.path, line: file.source.line(at: $0), message: "uses \(word)")
            }
        }
    }

    /// `HashTable+StringKeys` gives Hash, Table, String, Keys.
    static func words(of name: String) -> [String] {
        name.reduce(into: [""]) { words, letter in
            if !letter.isLetter {
                words.append("")
            } else if letter.isUppercase, words[words.count - 1].last?.isLowercase ?? false {
                words.append(String(letter))
            } else {
                words[words.count - 1].append(letter)
            }
        }.filter { !$0.isEmpty }
    }
}
