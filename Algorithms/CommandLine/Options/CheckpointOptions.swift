import ArgumentParser
import Gyre

/// Of commands that iterate: where a loop's state is kept, and whether to go on from it.
struct CheckpointOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Write the loop's state into this folder, for --resume. (default: none)", valueName: "dir"))
    var checkpoint: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How many rounds lie between two checkpoints. (default: 10)", valueName: "k"),
        transform: OptionNumbers.whole(1...Int.max))
    var checkpointEvery: Int?

    @Flag(name: .long, help: "Go on from the newest checkpoint of the folder; begin where there is none.")
    var resume = false

    func validate() throws {
        if checkpoint == nil, checkpointEvery != nil {
            throw ValidationError("--checkpoint-every: expected --checkpoint with it")
        }
        if checkpoint == nil, resume { throw ValidationError("--resume: expected --checkpoint with it") }
        if checkpoint == "" { throw ValidationError("--checkpoint: expected a folder") }
    }

    /// How the command's loops are checkpointed; nil where they are not.
    ///
    /// - Parameter identity: what the command computes: its name and all that its result depends on, but the input, which
    ///   the graph's fingerprint stands for.
    func policy(_ identity: [String: String]) -> CheckpointPolicy? {
        checkpoint.map {
            CheckpointPolicy(
                folder: $0, everyRounds: checkpointEvery ?? 10, start: resume ? .resume : .begin, identity: identity)
        }
    }
}
