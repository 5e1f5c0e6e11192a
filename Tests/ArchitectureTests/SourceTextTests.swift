import Testing

@Suite struct SourceTextTests {
    private func code(_ text: String) -> String { String(decoding: SourceText(text).code, as: UTF8.self) }

    @Test("Comments and literals become spaces, at the same length")
    func commentsAndLiterals() {
        #expect(code("a // b\nc") == "a     \nc")
        #expect(code("a /* b /* c */ d */ e") == "a                   e")
        #expect(code(#"f("x", 1)"#) == "f(   , 1)")
        #expect(code(##"f(#"a"b"#, 1)"##) == "f(       , 1)")
        #expect(code("let t = \"\"\"\n  import Up\n  \"\"\"\nb") == "let t =    \n           \n     \nb")
    }

    @Test("Code inside an interpolation stays code")
    func interpolations() {
        #expect(code(#"p("a\(f("b", g(1)))c") + q"#) == "p(    f(   , g(1))   ) + q")
    }

    @Test("An escaped quote does not end a literal")
    func escapes() {
        #expect(code(#"a("\"", b)"#) == "a(    , b)")
    }

    @Test("Words are found whole, and only in code")
    func words() {
        let source = SourceText("try! a // try!\nretry!\n\"try!\"")
        #expect(SourceText.offsets(of: "try!", in: source.code) == [0])
        #expect(source.line(at: 15) == 2)
    }

    @Test("Imports are read with attributes, access and kind, and not from literals")
    func imports() {
        let text = """
            @testable import A
            public import B
            @preconcurrency internal import struct C.D; import E
            // import F
            let g = "import G"
            importH()
            """
        let lines = ImportLine.all(in: SourceText(text))
        #expect(lines.map(\.module) == ["A", "B", "C", "E"])
        #expect(lines.map(\.line) == [1, 2, 3, 3])
        #expect(lines.map(\.isTestable) == [true, false, false, false])
    }
}
