import Testing

/// The rules, applied to this repository.
@Suite struct HouseTests {
    @Test("The manifest keeps the floors")
    func floors() throws {
        #expect(try LayeringRules.floors(of: Repository.manifest()) == [])
    }

    @Test("Every import is declared and leads down")
    func imports() throws {
        let manifest = try Repository.manifest()
        let files = try Repository.swiftFiles(in: "Sources", "Algorithms", "Tests")
        #expect(files.count > 10)
        // The client is a package of its own, with a manifest that SwiftPM checks.
        let ours = files.filter { !$0.isInside("Tests/ClientPackage") }
        #expect(ours.flatMap { LayeringRules.imports(of: $0, in: manifest) } == [])
        #expect(ours.flatMap { LayeringRules.publicProductsOnly($0, in: manifest) } == [])
        #expect(ours.flatMap(LayeringRules.noTestableImports) == [])
    }

    @Test("Files are short, well named, and force nothing")
    func files() throws {
        let files = try Repository.swiftFiles(in: "Sources", "Algorithms", "Tests", "Benchmarks")
        #expect(files.flatMap(FileRules.size) == [])
        #expect(files.flatMap(FileRules.name) == [])
        #expect(files.flatMap(FileRules.noForcing) == [])
    }

    @Test("Docs/Architecture.md puts each target of the manifest on its floor")
    func architecturePage() throws {
        let page = try Repository.text(of: "Docs/Architecture.md")
        for target in try Repository.manifest().targets where !target.isTest {
            let floor = Floors.ofTarget[target.name, default: -1]
            #expect(page.contains("| `\(target.name)` | \(floor) |"), "\(target.name) is not in the table")
        }
    }
}
