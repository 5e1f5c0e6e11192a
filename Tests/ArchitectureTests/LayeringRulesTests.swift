import Testing

/// Each rule with an example that breaks it.
@Suite struct LayeringRulesTests {
    private func manifest(_ targets: String) throws -> Manifest {
        try Manifest("products: [.library(name: \"Gyre\", targets: [\"Gyre\"])],\n" + targets)
    }

    private func imports(_ text: String, at path: String, in targets: String) throws -> [String] {
        try LayeringRules.imports(of: SourceFile(path: path, text: text), in: manifest(targets)).map(\.description)
    }

    @Test("A target without a floor is reported")
    func unknownTarget() throws {
        let found = try LayeringRules.floors(of: manifest(#".target(name: "GyreAttic")"#))
        #expect(found.map(\.line) == [2])
        #expect(found.allSatisfy { $0.message.contains("GyreAttic has no floor") })
    }

    @Test("A target under another floor's comment is reported")
    func wrongComment() throws {
        let found = try LayeringRules.floors(of: manifest("// Floor 2\n.target(name: \"GyrePlan\")"))
        #expect(found.map(\.message) == ["GyrePlan is on floor 1, but not listed under // Floor 1"])
    }

    @Test("A dependency on a higher floor is reported")
    func upwardDependency() throws {
        let found = try LayeringRules.floors(
            of: manifest("// Floor 1\n.target(name: \"GyrePlan\", dependencies: [\"GyreTime\", \"GyreRuntime\"])"))
        #expect(found.map(\.message) == ["GyrePlan depends on GyreRuntime, which is on a higher floor"])
    }

    @Test("An upward import is reported, even of what the manifest does not list as dependency")
    func upwardImport() throws {
        let found = try imports(
            "package import GyreTime\nimport GyreRuntime", at: "Sources/GyrePlan/Plan.swift",
            in:
                #".target(name: "GyreTime"), .target(name: "GyreRuntime"), .target(name: "GyrePlan", dependencies: ["GyreTime"])"#
        )
        #expect(found == ["Sources/GyrePlan/Plan.swift:2: GyrePlan imports upward: GyreRuntime"])
    }

    @Test("A lower or same-floor target must be declared")
    func undeclaredImport() throws {
        let targets = #".target(name: "GyreTime"), .target(name: "GyreState"), .target(name: "GyrePlan")"#
        let found = try imports("import GyreTime\nimport GyreState", at: "Sources/GyrePlan/Plan.swift", in: targets)
        #expect(
            found.map { $0.split(separator: ": ").last } == [
                "GyrePlan does not declare GyreTime", "GyrePlan does not declare GyreState",
            ])
        let declared = #".target(name: "GyreState"), .target(name: "GyrePlan", dependencies: ["GyreState"])"#
        #expect(try imports("import GyreState", at: "Sources/GyrePlan/Plan.swift", in: declared).isEmpty)
    }

    @Test("The light core imports no other package than its few")
    func lightCore() throws {
        let targets = """
            let parser: Target.Dependency = .product(name: "ArgumentParser", package: "p")
            .target(name: "GyreRuntime", dependencies: [parser])
            """
        let found = try imports("import ArgumentParser", at: "Sources/GyreRuntime/Worker.swift", in: targets)
        #expect(
            found == [
                "Sources/GyreRuntime/Worker.swift:1: GyreRuntime is of the light core and may not import ArgumentParser"
            ])
    }

    @Test("An undeclared package is reported on high floors too")
    func undeclaredPackage() throws {
        let found = try imports(
            "import Foundation\nimport NIOCore", at: "Sources/GyreServing/Server.swift",
            in: #".target(name: "GyreServing")"#)
        #expect(found == ["Sources/GyreServing/Server.swift:2: GyreServing does not declare NIOCore"])
    }

    @Test("A file outside every target is reported")
    func strayFile() throws {
        let found = try imports("", at: "Sources/Attic/A.swift", in: #".target(name: "GyreTime")"#)
        #expect(found == ["Sources/Attic/A.swift:1: belongs to no target of Package.swift"])
    }

    @Test("Algorithms import public products, the command line also its parser, the formats and charts")
    func algorithms() throws {
        func check(_ path: String) throws -> [Int] {
            let modules = ["Gyre", "Foundation", "GyreRuntime", "ArgumentParser", "GyreFormats", "GyreCharts"]
            let text = modules.map { "import \($0)" }.joined(separator: "\n")
            return try LayeringRules.publicProductsOnly(SourceFile(path: path, text: text), in: manifest("")).map(
                \.line)
        }
        #expect(try check("Algorithms/Graphs/PageRank.swift") == [3, 4, 5, 6])
        #expect(try check("Algorithms/CommandLine/Gyre.swift") == [3])
        #expect(try check("Sources/GyreGraphs/Graph.swift") == [])
    }

    @Test("A testable import is reported")
    func testableImport() {
        let file = SourceFile(
            path: "Tests/PlanTests/PlanTests.swift", text: "import Testing\n@testable import GyrePlan")
        #expect(LayeringRules.noTestableImports(file).map(\.line) == [2])
    }
}
