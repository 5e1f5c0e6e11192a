/// What the rules need of `Package.swift`, read from its text.
struct Manifest {
    struct Target {
        let name: String
        let isTest: Bool
        /// The folder that holds its sources.
        let path: String
        /// Names of our own targets.
        var dependencies: Set<String> = []
        /// Names of other packages' products; each is taken to hold one module of that name.
        var products: Set<String> = []
        /// The number in the last `// Floor N` above it.
        let floor: Int?
        let line: Int
    }

    struct Unreadable: Error, Equatable, CustomStringConvertible {
        let line: Int
        let description: String
    }

    private(set) var targets: [Target] = []
    /// Targets that a library product offers.
    private(set) var offered: Set<String> = []

    private let source: SourceText
    private let constants: [String: String]

    init(_ text: String) throws {
        source = SourceText(text)
        constants = Self.productConstants(in: text)
        let factories = [".systemLibrary": false, ".target": false, ".executableTarget": false, ".testTarget": true]
        for (factory, isTest) in factories {
            for offset in SourceText.offsets(of: factory + "(", in: source.code) {
                targets.append(try target(at: offset, isTest: isTest))
            }
        }
        targets.sort { $0.line < $1.line }
        for offset in SourceText.offsets(of: ".library(", in: source.code) {
            let arguments = try balanced(from: offset, open: "(", close: ")")
            offered.formUnion(strings(in: try list("targets", in: arguments) ?? 0..<0))
        }
    }

    func target(named name: String) -> Target? { targets.first { $0.name == name } }

    /// The target that compiles `file`; the longest path wins.
    func target(of file: SourceFile) -> Target? {
        targets.filter { file.isInside($0.path) }.max { $0.path.utf8.count < $1.path.utf8.count }
    }

    private func target(at offset: Int, isTest: Bool) throws -> Target {
        let arguments = try balanced(from: offset, open: "(", close: ")")
        let line = source.line(at: offset)
        guard let name = string("name", in: arguments) else {
            throw Unreadable(line: line, description: "expected a target's name in quotes")
        }
        let path = string("path", in: arguments) ?? (isTest ? "Tests/" : "Sources/") + name
        var target = Target(name: name, isTest: isTest, path: path, floor: floor(above: offset), line: line)
        guard var rest = try list("dependencies", in: arguments) else { return target }
        // `.product(name: "X", package: "y")` names a product; what is left are targets and constants.
        while let product = SourceText.offsets(of: ".product(", in: Array(source.code[rest])).first {
            let start = rest.lowerBound + product
            let call = try balanced(from: start, open: "(", close: ")")
            if let name = string("name", in: call) { target.products.insert(name) }
            try add(rest.lowerBound..<start, to: &target)
            rest = call.upperBound + 1..<rest.upperBound
        }
        try add(rest, to: &target)
        return target
    }

    /// Adds the targets and constants that a part of the dependencies names.
    private func add(_ part: Range<Int>, to target: inout Target) throws {
        target.dependencies.formUnion(strings(in: part))
        for word in String(decoding: source.code[part], as: UTF8.self).split(whereSeparator: { !$0.isLetter }) {
            guard let product = constants[String(word)] else {
                let message = "\(target.name) depends on \(word), which is no product constant"
                throw Unreadable(line: target.line, description: message)
            }
            target.products.insert(product)
        }
    }

    /// Constants of the form `let logging: Target.Dependency = .product(name: "Logging", …)`.
    private static func productConstants(in text: String) -> [String: String] {
        let pattern = /let (\w+): Target\.Dependency = \.product\(name: "(\w+)"/
        return text.matches(of: pattern).reduce(into: [:]) { $0[String($1.1)] = String($1.2) }
    }

    private func floor(above offset: Int) -> Int? {
        let text = String(decoding: source.bytes[..<offset], as: UTF8.self)
        return text.matches(of: /\/\/ (?:Floor (\d+)|Tests)/).last.flatMap { $0.1 }.flatMap { Int($0) }
    }

    /// The text between the first `open` after `start` and the `close` that belongs to it.
    private func balanced(from start: Int, open: Character, close: Character) throws -> Range<Int> {
        var depth = 0
        var begin = start
        for position in start..<source.code.count {
            if source.code[position] == open.asciiValue {
                if depth == 0 { begin = position + 1 }
                depth += 1
            } else if source.code[position] == close.asciiValue {
                depth -= 1
                if depth == 0 { return begin..<position }
            }
        }
        throw Unreadable(line: source.line(at: start), description: "expected a \(close)")
    }

    /// The inside of `label: […]`, where the arguments have it.
    private func list(_ label: String, in arguments: Range<Int>) throws -> Range<Int>? {
        guard let offset = SourceText.offsets(of: label + ":", in: Array(source.code[arguments])).first else {
            return nil
        }
        return try balanced(from: arguments.lowerBound + offset, open: "[", close: "]")
    }

    /// The string after `label:`.
    private func string(_ label: String, in arguments: Range<Int>) -> String? {
        let offsets = SourceText.offsets(of: label + ":", in: Array(source.code[arguments]))
        return offsets.first.flatMap { strings(in: (arguments.lowerBound + $0)..<arguments.upperBound).first }
    }

    /// String literals in `range`, in order.
    private func strings(in range: Range<Int>) -> [String] {
        String(decoding: source.withoutComments[range], as: UTF8.self).matches(of: /"([^"]*)"/).map { String($0.1) }
    }
}
