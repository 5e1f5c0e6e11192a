/// One import declaration: `@preconcurrency package import struct Module.Name`.
struct ImportLine: Equatable {
    let module: String
    let isTestable: Bool
    let line: Int

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let kinds: Set<Substring> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
    ]

    /// All import declarations in `source`, in order.
    static func all(in source: SourceText) -> [ImportLine] {
        source.codeLines.enumerated().flatMap { index, line in
            line.split(separator: ";").compactMap { ImportLine(declaration: $0, line: index + 1) }
        }
    }

    private init?(declaration: Substring, line: Int) {
        var words = declaration.split(whereSeparator: \.isWhitespace)[...]
        var isTestable = false
        while let word = words.first, word.hasPrefix("@") || Self.accessLevels.contains(word) {
            isTestable = isTestable || word == "@testable"
            words.removeFirst()
        }
        guard words.popFirst() == "import", var module = words.popFirst() else { return nil }
        if Self.kinds.contains(module), let path = words.popFirst() { module = path }
        self.module = String(module.prefix { $0 != "." })
        self.isTestable = isTestable
        self.line = line
    }
}
