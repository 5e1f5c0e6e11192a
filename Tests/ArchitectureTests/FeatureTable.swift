/// The rows of `Docs/Features.md`.
struct FeatureTable {
    struct Row {
        let number: String
        let state: String
        let tests: [String]
        let line: Int
    }

    static let states: Set<String> = ["works", "partly", "not yet"]

    private(set) var rows: [Row] = []
    private(set) var violations: [Violation] = []

    init(_ text: String, file: String = "Docs/Features.md") {
        var numbers: Set<String> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.prefixMatch(of: /\| \d+\./) != nil else { continue }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { String($0).trimmed }
            func report(_ message: String) {
                violations.append(Violation(file: file, line: index + 1, message: message))
            }
            guard cells.count == 4 else {
                report("expected four cells, found \(cells.count)")
                continue
            }
            if !Self.states.contains(cells[2]) { report("expected works, partly or not yet, found \"\(cells[2])\"") }
            if !numbers.insert(cells[0]).inserted { report("row \(cells[0]) stands twice") }
            let tests = cells[3].matches(of: /`([^`]+)`/).map { String($0.1) }
            if tests.isEmpty, cells[2] != "not yet" { report("row \(cells[0]) names no test that shows it") }
            rows.append(Row(number: cells[0], state: cells[2], tests: tests, line: index + 1))
        }
    }

    /// Tests that rows name and that `tests` does not hold.
    func missing(from tests: Set<String>, file: String = "Docs/Features.md") -> [Violation] {
        rows.flatMap { row in
            row.tests.filter { !tests.contains($0) }.map {
                Violation(file: file, line: row.line, message: "row \(row.number) names \"\($0)\", which is no test")
            }
        }
    }

    /// The function names and display names of all tests in `source`.
    static func testNames(in source: SourceText) -> Set<String> {
        let code = source.code
        return SourceText.offsets(of: "@Test", in: code).reduce(into: []) { names, offset in
            let rest = String(decoding: code[offset...], as: UTF8.self)
            if let function = rest.firstMatch(of: /\bfunc (?:`([^`]+)`|(\w+))/) {
                names.insert(String(function.1 ?? function.2 ?? ""))
            }
            // A display name is a literal, so it is blank in `code` and read from the text itself.
            let text = String(decoding: source.bytes[offset...].prefix(400), as: UTF8.self)
            if let title = text.prefixMatch(of: /@Test\(\s*"([^"]*)"/) { names.insert(String(title.1)) }
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
