import Testing

@Suite struct ManifestTests {
    static let text = """
        let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
        let package = Package(
            products: [.library(name: "High", targets: ["High"])],
            targets: [
                // Floor 0
                .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
                .target(name: "GyreTime"),
                // Floor 3 (see "dependencies:")
                .target(
                    name: "GyreRuntime", dependencies: ["GyreTime", logging, .product(name: "X", package: "x"), "CZlib"]),
                // Floor 7
                .target(name: "GyreGraphAlgorithms", dependencies: ["GyreRuntime"], path: "Algorithms/Graphs"),
                // Tests
                .testTarget(name: "RuntimeTests", dependencies: ["GyreRuntime"]),
            ])
        """

    @Test("Targets are read with floor, folder and dependencies")
    func targets() throws {
        let manifest = try Manifest(Self.text)
        #expect(
            manifest.targets.map(\.name)
                == ["CZlib", "GyreTime", "GyreRuntime", "GyreGraphAlgorithms", "RuntimeTests"])
        #expect(manifest.targets.map(\.floor) == [0, 0, 3, 7, nil])
        #expect(manifest.offered == ["High"])
        let runtime = try #require(manifest.target(named: "GyreRuntime"))
        #expect(runtime.dependencies == ["GyreTime", "CZlib"])
        #expect(runtime.products == ["Logging", "X"])
        #expect(runtime.path == "Sources/GyreRuntime")
        #expect(try #require(manifest.target(named: "RuntimeTests")).path == "Tests/RuntimeTests")
        let file = SourceFile(path: "Algorithms/Graphs/PageRank.swift", text: "")
        #expect(manifest.target(of: file)?.name == "GyreGraphAlgorithms")
    }

    @Test("A dependency that is neither text nor a product constant is refused")
    func unknownConstant() {
        #expect(throws: Manifest.Unreadable.self) {
            try Manifest(#".target(name: "A", dependencies: [secret])"#)
        }
    }
}
