import Testing

/// Each rule with an example that breaks it.
@Suite struct FileRulesTests {
    @Test("The 601st line is reported, with or without a final newline")
    func size() {
        func lines(_ text: String) -> [Int] { FileRules.size(of: SourceFile(path: "A.swift", text: text)).map(\.line) }
        #expect(lines(String(repeating: "\n", count: 600)) == [])
        #expect(lines(String(repeating: "\n", count: 601)) == [601])
        #expect(lines(String(repeating: "\n", count: 600) + "a") == [601])
    }

    @Test(
        "Names that name nothing are reported",
        arguments: [
            ("StringUtils", 1), ("TestHelpers", 1), ("StateManager", 1), ("PlanImpl", 1), ("Array+Utils", 1),
            ("Implementation", 0), ("Managers", 0), ("HashTable+Growth", 0), ("CSVReader", 0),
        ])
    func names(name: String, violations: Int) {
        #expect(FileRules.name(of: SourceFile(path: "Sources/Gyre/\(name).swift", text: "")).count == violations)
    }

    @Test("Forced tries and casts are reported outside tests")
    func forcing() {
        let text = "let a = try! f()\n// try!\nlet b = c as! D\nlet e = try? f()"
        let source = SourceFile(path: "Sources/Gyre/Job.swift", text: text)
        #expect(FileRules.noForcing(in: source).map(\.line) == [1, 3])
        #expect(FileRules.noForcing(in: SourceFile(path: "Tests/GyreTests/JobTests.swift", text: text)).isEmpty)
    }
}
