// swift-tools-version: 6.2
import PackageDescription

// A package of its own that uses Gyre as a stranger would: public products only.

let package = Package(
    name: "ClientPackage",
    dependencies: [.package(name: "Gyre", path: "../..")],
    targets: [
        .executableTarget(
            name: "Client",
            dependencies: [
                .product(name: "Gyre", package: "Gyre"), .product(name: "GyreGraphs", package: "Gyre"),
                .product(name: "GyreGraphAlgorithms", package: "Gyre"),
                .product(name: "GyreGenerators", package: "Gyre"),
                .product(name: "GyreLearning", package: "Gyre"),
                .product(name: "GyreLearningAlgorithms", package: "Gyre"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ])
    ]
)
