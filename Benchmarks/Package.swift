// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "GyreBenchmarks",
    dependencies: [.package(name: "Gyre", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmark",
            dependencies: [
                .product(name: "Gyre", package: "Gyre"),
                .product(name: "GyreGenerators", package: "Gyre"),
                .product(name: "GyreLearning", package: "Gyre"),
                .product(name: "GyreLearningAlgorithms", package: "Gyre"),
            ],
            swiftSettings: settings)
    ]
)
