// swift-tools-version: 6.2
import PackageDescription

// Every target imports lower floors only; Docs/Architecture.md lists the floors and
// Tests/ArchitectureTests checks the imports against this manifest.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// What holds raw buffers measures better without it; everything else is checked for unsafe uses.
let strictSettings: [SwiftSetting] = settings + [.strictMemorySafety()]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")

let package = Package(
    name: "Gyre",
    products: [
        .library(name: "Gyre", targets: ["Gyre"]),
        .library(name: "GyreGraphs", targets: ["GyreGraphs"]),
        .library(name: "GyreLearning", targets: ["GyreLearning"]),
        .library(name: "GyreGraphAlgorithms", targets: ["GyreGraphAlgorithms"]),
        .library(name: "GyreLearningAlgorithms", targets: ["GyreLearningAlgorithms"]),
        .library(name: "GyreGenerators", targets: ["GyreGenerators"]),
        .library(name: "GyreExamples", targets: ["GyreExamples"]),
        .library(name: "GyreLinearAlgebra", targets: ["GyreLinearAlgebra"]),
        .library(name: "GyreTesting", targets: ["GyreTesting"]),
        .executable(name: "gyre", targets: ["GyreCommandLine"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        // Floor 0
        .systemLibrary(name: "CRename"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-openmp-dev"])]),
        .systemLibrary(name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
        .target(name: "GyreTime", swiftSettings: strictSettings),
        .target(name: "GyreColumns", swiftSettings: settings),
        // OpenBLAS before LAPACKE: what both can provide is then OpenBLAS's.
        .target(name: "GyreLinearAlgebra", dependencies: ["COpenBLAS", "CLAPACKE"], swiftSettings: settings),
        .target(name: "GyreCharts", swiftSettings: strictSettings),
        // Floor 1
        .target(name: "GyrePlan", dependencies: ["GyreColumns"], swiftSettings: strictSettings),
        .target(name: "GyreState", dependencies: ["CZlib"], swiftSettings: settings),
        .target(
            name: "GyreFormats", dependencies: ["GyreColumns", "CRename", "CZlib", "CZstd"], swiftSettings: settings),
        // Floor 2
        .target(
            name: "GyreOperators", dependencies: ["GyreTime", "GyreColumns", "GyrePlan"],
            swiftSettings: settings),
        // Floor 3
        .target(
            name: "GyreRuntime",
            dependencies: ["GyreTime", "GyreColumns", "GyrePlan", "GyreState", "GyreOperators", logging, metrics],
            swiftSettings: settings),
        // Floor 4
        .target(
            name: "Gyre",
            dependencies: [
                "GyreTime", "GyreColumns", "GyrePlan", "GyreState", "GyreFormats", "GyreOperators", "GyreRuntime",
            ],
            swiftSettings: settings),
        // Floor 5
        .target(
            name: "GyreTesting",
            dependencies: [
                "GyreTime", "GyreColumns", "GyrePlan", "GyreState", "GyreOperators", "GyreRuntime", "Gyre",
            ],
            swiftSettings: settings),
        .target(
            name: "GyreGraphs",
            dependencies: [
                "GyreTime", "GyreColumns", "GyrePlan", "GyreFormats", "GyreOperators", "GyreRuntime",
                "Gyre",
            ],
            swiftSettings: settings),
        .target(
            name: "GyreLearning",
            dependencies: [
                "GyreColumns", "GyreLinearAlgebra", "GyrePlan", "GyreFormats", "GyreOperators", "GyreRuntime", "Gyre",
            ],
            swiftSettings: settings),
        // Floor 7
        .target(
            name: "GyreGraphAlgorithms", dependencies: ["Gyre", "GyreGraphs"], path: "Algorithms/Graphs",
            swiftSettings: strictSettings),
        .target(
            name: "GyreLearningAlgorithms", dependencies: ["Gyre", "GyreLearning"], path: "Algorithms/Learning",
            swiftSettings: settings),
        .target(
            name: "GyreGenerators", dependencies: ["Gyre", "GyreGraphs"], path: "Algorithms/Generators",
            swiftSettings: strictSettings),
        .target(
            name: "GyreExamples", dependencies: ["Gyre"], path: "Algorithms/Examples", swiftSettings: strictSettings),
        // Floor 8
        .executableTarget(
            name: "GyreCommandLine",
            dependencies: [
                "Gyre", "GyreGraphs", "GyreLearning", "GyreFormats", "GyreCharts", "GyreGraphAlgorithms",
                "GyreLearningAlgorithms", "GyreGenerators", argumentParser,
            ],
            path: "Algorithms/CommandLine", swiftSettings: strictSettings),
        // Tests
        .testTarget(name: "GyreColumnsTests", dependencies: ["GyreColumns", "GyreTesting"], swiftSettings: settings),
        .testTarget(
            name: "GyreLinearAlgebraTests", dependencies: ["GyreLinearAlgebra", "COpenBLAS", "GyreTesting"],
            swiftSettings: settings),
        .testTarget(name: "GyrePlanTests", dependencies: ["Gyre", "GyrePlan", "GyreColumns"], swiftSettings: settings),
        .testTarget(name: "GyreStateTests", dependencies: ["GyreState", "GyreTesting"], swiftSettings: settings),
        .testTarget(
            name: "GyreOperatorsTests",
            dependencies: ["GyreTime", "GyreColumns", "GyreOperators", "Gyre", "GyreTesting"], swiftSettings: settings),
        .testTarget(
            name: "GyreRuntimeTests",
            dependencies: [
                "GyreTime", "GyreColumns", "GyrePlan", "GyreOperators", "GyreRuntime", "Gyre", "GyreTesting",
            ],
            swiftSettings: settings),
        .testTarget(name: "GyreTests", dependencies: ["Gyre", "GyreTesting"], swiftSettings: settings),
        .testTarget(name: "GyreFormatsTests", dependencies: ["GyreFormats"], swiftSettings: settings),
        .testTarget(
            name: "GyreChartsTests", dependencies: ["GyreCharts"], exclude: ["Golden"], swiftSettings: settings),
        .testTarget(
            name: "GyreGraphsTests", dependencies: ["Gyre", "GyreGraphs", "GyreGraphAlgorithms", "GyreFormats"],
            swiftSettings: settings),
        .testTarget(
            name: "GyreLearningTests",
            dependencies: [
                "GyreColumns", "Gyre", "GyreLearning", "GyreLearningAlgorithms", "GyreFormats", "GyreTesting",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "GyreGeneratorsTests", dependencies: ["Gyre", "GyreGenerators"], swiftSettings: settings),
        .testTarget(
            name: "GyreExamplesTests", dependencies: ["Gyre", "GyreExamples", "GyreGenerators"],
            swiftSettings: settings),
        .testTarget(
            name: "CommandLineTests", dependencies: ["GyreCommandLine", "GyreFormats"], exclude: ["Golden"],
            swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
    ]
)
