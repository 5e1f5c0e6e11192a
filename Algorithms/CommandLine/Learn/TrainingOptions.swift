import ArgumentParser

/// Of trainings that go on until little changes.
struct TrainingRoundOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The most rounds. (default: 100)", valueName: "n"),
        transform: OptionNumbers.whole(1...Int.max))
    var iterations: Int = 100
}

/// Of regressions that search for their coefficients.
struct SolverOptions: ParsableArguments {
    @OptionGroup var rounds: TrainingRoundOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Stop when no component of the mean loss's gradient is larger. (default: 1e-6)", valueName: "x"),
        transform: OptionNumbers.real(0...Double.infinity))
    var tolerance: Double = 1e-6

    var iterations: Int { rounds.iterations }
}
