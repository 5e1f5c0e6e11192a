/// The floors of `Docs/Architecture.md`: a target imports lower ones, and of its own only what it declares.
enum Floors {
    static let ofTarget: [String: Int] = [
        "CRename": 0, "CZlib": 0, "CZstd": 0, "COpenBLAS": 0, "CLAPACKE": 0,
        "GyreTime": 0, "GyreColumns": 0, "GyreLinearAlgebra": 0, "GyreCharts": 0,
        "GyrePlan": 1, "GyreState": 1, "GyreFormats": 1,
        "GyreOperators": 2,
        "GyreRuntime": 3,
        "Gyre": 4,
        "GyreTesting": 5, "GyreGraphs": 5, "GyreLearning": 5, "GyrePatterns": 5, "GyreRocksDB": 5,
        "GyreSQL": 6, "GyreServing": 6,
        "GyreGraphAlgorithms": 7, "GyreLearningAlgorithms": 7, "GyreGenerators": 7, "GyreExamples": 7,
        "GyreCommandLine": 8,
    ]

    /// The highest floor of the light core, which depends on little.
    static let top = 4

    /// Modules that come with the toolchain; nobody declares them.
    static let toolchain: Set<String> = [
        "Swift", "Synchronization", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin",
        "Testing",
    ]

    /// What the light core may import besides our own targets.
    static let coreModules: Set<String> = toolchain.subtracting(["Testing"]).union([
        "Logging", "Metrics", "Collections", "DequeModule", "HeapModule", "OrderedCollections", "BitCollections",
    ])

    /// What `Algorithms/CommandLine` may import besides library products.
    static let commandLineModules: Set<String> = ["ArgumentParser", "GyreFormats", "GyreCharts"]
}
