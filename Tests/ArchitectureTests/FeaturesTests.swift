import Testing

@Suite struct FeaturesTests {
    @Test("Every row of Docs/Features.md has a state, and every claim an existing test")
    func features() throws {
        let table = FeatureTable(try Repository.text(of: "Docs/Features.md"))
        let tests = try Repository.swiftFiles(in: "Tests").reduce(into: Set<String>()) {
            $0.formUnion(FeatureTable.testNames(in: $1.source))
        }
        #expect(table.rows.count >= 251)
        #expect(table.violations == [])
        #expect(table.missing(from: tests) == [])
    }

    @Test("A wrong row is reported")
    func wrongRows() {
        let table = FeatureTable(
            """
            | row | feature | state | test |
            |---|---|---|---|
            | 1.1.1 | a | works | `shown`, `An exact title` |
            | 1.1.2 | b | nearly | |
            | 1.1.3 | c | partly | |
            | 1.1.3 | d | not yet | |
            | 1.1.4 | e | not yet |
            """)
        #expect(table.rows.count == 4)
        #expect(table.violations.map(\.line) == [4, 4, 5, 6, 7])
        #expect(
            table.missing(from: ["shown"]).map(\.message) == ["row 1.1.1 names \"An exact title\", which is no test"])
        #expect(table.missing(from: ["shown", "An exact title"]) == [])
    }

    @Test("Tests are known by function name and by title, and only where they are code")
    func testNames() {
        let source = SourceText(
            """
            @Test func one() {}
            @Test("Two of them", arguments: [1])
            func two(_ n: Int) {}
            // @Test func three() {}
            let four = "@Test func four() {}"
            func five() {}
            """)
        #expect(FeatureTable.testNames(in: source) == ["one", "two", "Two of them"])
    }
}
