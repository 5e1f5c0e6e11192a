import Testing

@Suite struct ReadmeTests {
    @Test(
        "The Swift of README and guides is the client package's, which is compiled and run",
        arguments: [
            "README.md": 3, "Docs/Guides/BatchJobs.md": 5, "Docs/Guides/Learning.md": 5, "Docs/Guides/Memory.md": 1,
        ])
    func examples(page: String, count: Int) throws {
        let client = try Repository.swiftFiles(in: "Tests/ClientPackage/Sources").map { lines(of: $0.text) }
        let examples = MarkdownCode.blocks(of: try Repository.text(of: page), language: "swift")
        #expect(examples.count >= count)
        for example in examples {
            // Imports stand at the head of a file, apart from the example.
            let wanted = lines(of: example).filter { !$0.hasPrefix("import ") }
            #expect(client.contains { contains($0, wanted) }, "not in the client package: \(wanted.first ?? "")")
        }
    }

    /// Without indentation and empty lines.
    private func lines(of text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }

    private func contains(_ lines: [Substring], _ wanted: [Substring]) -> Bool {
        guard let last = wanted.indices.last, lines.count > last else { return false }
        return (0..<(lines.count - last)).contains { lines[$0...($0 + last)].elementsEqual(wanted) }
    }

    @Test("Blocks of another language, and text between blocks, are left out")
    func blocks() {
        let text = "a\n```swift\none\n```\nb\n```\ntwo\n```\n```swift\nthree\nfour\n```\n"
        #expect(MarkdownCode.blocks(of: text, language: "swift") == ["one", "three\nfour"])
    }
}
