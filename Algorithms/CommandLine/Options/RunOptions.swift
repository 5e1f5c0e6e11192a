import ArgumentParser
import Gyre

/// How a command runs, whatever it does.
struct RunOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Worker threads. (default: the cores this process may use)", valueName: "n"),
        transform: OptionNumbers.whole(1...4096))
    var parallelism: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Memory budget: 512MiB, 4GiB, 2GB, or bytes. (default: 70 % of the memory or of the control group's limit)",
            valueName: "size"),
        transform: { try MemorySize(parsing: $0) })
    var memory: MemorySize?

    @Option(name: .long, help: ArgumentHelp("A bar on standard error: auto, always or never.", valueName: "when"))
    var progress: ProgressChoice = .auto

    @Option(
        name: .long,
        help: ArgumentHelp("Write a JSON report of the run, also when it fails.", valueName: "file"))
    var report: String?

    @Flag(name: [.customShort("v"), .long], help: "Tell on standard error what was done, and how long it took.")
    var verbose = false
}

enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
