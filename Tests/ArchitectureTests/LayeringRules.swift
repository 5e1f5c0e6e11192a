/// Who may import whom. Each rule is a function of text, so that a test can break it.
enum LayeringRules {
    /// Every target has a floor, stands under it in the manifest, and depends on nothing above.
    static func floors(of manifest: Manifest) -> [Violation] {
        manifest.targets.filter { !$0.isTest }.flatMap { target -> [Violation] in
            guard let floor = Floors.ofTarget[target.name] else {
                return [violation(target, "has no floor; give it one in Floors.swift and Docs/Architecture.md")]
            }
            var found: [Violation] = []
            if target.floor != floor {
                found.append(violation(target, "is on floor \(floor), but not listed under // Floor \(floor)"))
            }
            for dependency in target.dependencies.sorted() where Floors.ofTarget[dependency, default: .max] > floor {
                found.append(violation(target, "depends on \(dependency), which is on a higher floor"))
            }
            return found
        }
    }

    /// Every import is declared, and leads down (or sideways, where declared).
    static func imports(of file: SourceFile, in manifest: Manifest) -> [Violation] {
        guard let target = manifest.target(of: file) else {
            return [Violation(file: file.path, line: 1, message: "belongs to no target of Package.swift")]
        }
        return ImportLine.all(in: file.source).compactMap { line in
            message(for: line.module, importedBy: target, in: manifest)
                .map { Violation(file: file.path, line: line.line, message: $0) }
        }
    }

    /// Algorithms see what a user sees: library products, and the command line its parser, the formats and charts.
    static func publicProductsOnly(_ file: SourceFile, in manifest: Manifest) -> [Violation] {
        guard file.isInside("Algorithms") else { return [] }
        var allowed = manifest.offered.union(Floors.toolchain).subtracting(["GyreTesting", "Testing"])
        if file.isInside("Algorithms/CommandLine") { allowed.formUnion(Floors.commandLineModules) }
        return ImportLine.all(in: file.source).filter { !allowed.contains($0.module) }.map {
            Violation(file: file.path, line: $0.line, message: "imports \($0.module), which is no public product")
        }
    }

    /// `@testable` would need a second build with other flags; tests use `package` access.
    static func noTestableImports(_ file: SourceFile) -> [Violation] {
        ImportLine.all(in: file.source).filter(\.isTestable).map {
            Violation(file: file.path, line: $0.line, message: "imports \($0.module) as testable; use package access")
        }
    }

    private static func message(
        for module: String, importedBy target: Manifest.Target, in manifest: Manifest
    ) -> String? {
        let floor = target.isTest ? Int.max : Floors.ofTarget[target.name, default: .max]
        if module == target.name { return nil }
        if manifest.target(named: module) != nil {
            if Floors.ofTarget[module, default: .max] > floor { return "\(target.name) imports upward: \(module)" }
            return target.dependencies.contains(module) ? nil : "\(target.name) does not declare \(module)"
        }
        if floor <= Floors.top, !Floors.coreModules.contains(module) {
            return "\(target.name) is of the light core and may not import \(module)"
        }
        let isKnown = Floors.toolchain.contains(module) || target.products.contains(module)
        return isKnown ? nil : "\(target.name) does not declare \(module)"
    }

    private static func violation(_ target: Manifest.Target, _ message: String) -> Violation {
        Violation(file: "Package.swift", line: target.line, message: "\(target.name) \(message)")
    }
}
