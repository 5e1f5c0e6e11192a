/// The parser's messages in the form of ours: one line that begins in lower case and has no full stop.
enum UsageText {
    static func oneLine(_ message: String) -> String {
        var text = message.split { $0.isWhitespace }.joined(separator: " ")
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        if text.hasSuffix(".") { text.removeLast() }
        guard let first = text.first, first.isUppercase, text.dropFirst().first?.isLowercase ?? true else {
            return text
        }
        return first.lowercased() + text.dropFirst()
    }
}
