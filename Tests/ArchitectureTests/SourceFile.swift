/// A Swift file of the repository, under its path from the repository's root.
struct SourceFile {
    let path: String
    let text: String
    let source: SourceText

    init(path: String, text: String) {
        self.path = path
        self.text = text
        source = SourceText(text)
    }

    /// The file's name without folder and ending.
    var name: String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        return last.hasSuffix(".swift") ? String(last.dropLast(6)) : last
    }

    func isInside(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }
}
