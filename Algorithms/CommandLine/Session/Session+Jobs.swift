import Gyre
import GyreFormats

extension Session {
    /// How jobs of this run are configured.
    ///
    /// - Parameters:
    ///   - loop: the loop whose rounds go to the report and to the progress bar.
    ///   - mostRounds: the limit that the bar measures itself by.
    func configuration(loop: String? = nil, mostRounds: Int? = nil) -> JobConfiguration {
        JobConfiguration(
            parallelism: parallelism,
            onProgress: { [self] event in
                switch event {
                case .round(loop, let round):
                    note { $0.rounds = ($0.rounds ?? []) + [Report.Round(round)] }
                    progress.show { ProgressLine.round(round, of: mostRounds, seconds: $0) }
                case .loopEnded(loop, _, let end):
                    note { $0.converged = end != .maximumRounds }
                case .round, .loopEnded: break
                }
            })
    }
}

extension Report.Round {
    fileprivate init(_ round: LoopRound) {
        self.init(
            number: round.number, seconds: round.seconds, workset: round.workset, changed: round.changed,
            aggregators: round.aggregators.mapValues { $0.isFinite ? $0 : nil })
    }
}
