/// How long `gyre --version` takes.
struct StartRow: Row {
    let name = "start"
    let summary = "gyre --version"

    func run(_ settings: Settings) throws -> [Figure] {
        _ = try GraphFiles(settings)
        let usages = try (0..<(settings.isSmoke ? 2 : 21)).map { _ in
            try ChildProcess.run(settings.gyre, ["--version"], output: "\(settings.work)/gyre-output.txt")
        }
        let times = usages.map { $0.wallSeconds * 1e3 }
        print("   \(times.spread) ms, peak \((Double(usages[0].peakBytes) / 1_048_576).short) MiB")
        return [Figure(name: "gyre --version", value: times.median, unit: "ms", goal: 20)]
    }
}
