/// The fenced code of a Markdown text.
enum MarkdownCode {
    /// The blocks of a language, in order, without their fences.
    static func blocks(of text: String, language: String) -> [String] {
        var found: [String] = []
        var open: [Substring]?
        var isWanted = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("```") else {
                open?.append(line)
                continue
            }
            if let block = open {
                if isWanted { found.append(block.joined(separator: "\n")) }
                open = nil
            } else {
                isWanted = line.dropFirst(3) == language
                open = []
            }
        }
        return found
    }
}
