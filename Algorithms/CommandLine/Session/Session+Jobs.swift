import Gyre
import GyreFormats

extension Session {
    /// How jobs of this run are configured.
    ///
    /// - Parameters:
    ///   - loop: the loop whose rounds go to the report and to the progress bar.
    ///   - mostRounds: the limit that the bar measures itself by.
    ///   - checkpoint: how that loop is checkpointed.
    func configuration(
        loop: String? = nil, mostRounds: Int? = nil, checkpoint: CheckpointPolicy? = nil
    ) -> JobConfiguration {
        JobConfiguration(
            parallelism: parallelism,
            onProgress: { [self] event in
                switch event {
                case .round(loop, let round):
                    note { $0.rounds = ($0.rounds ?? []) + [Report.Round(round)] }
                    progress.show { ProgressLine.round(round, of: mostRounds, seconds: $0) }
                case .loopEnded(loop, _, let end):
                    note { $0.converged = end != .maximumRounds }
                case .resumed(loop, let round):
                    note { report in
                        report.resumedFromRound = round
                        report.rounds = report.rounds ?? []
                    }
                    progress.show { ProgressLine.resumed(afterRound: round, seconds: $0) }
                case .checkpoint(loop, let figures): note { $0.add(figures) }
                case .passedOver(let defect):
                    // Not only with -v: who asked to go on from the newest has to know that it was not.
                    StandardError.write("gyre: \(checkpoint?.folder ?? "")/\(defect); an older checkpoint is used\n")
                case .ended(let bytes): note { $0.spilledBytes = ($0.spilledBytes ?? 0) + bytes }
                case .round, .loopEnded, .resumed, .checkpoint: break
                }
            }, checkpoint: checkpoint)
    }
}

extension Report {
    fileprivate mutating func add(_ figures: CheckpointFigures) {
        var all = checkpoints ?? Checkpoints(written: 0, bytes: 0, seconds: 0)
        all.written += 1
        all.bytes += figures.bytes
        all.seconds += figures.seconds
        checkpoints = all
    }
}

extension Report.Round {
    fileprivate init(_ round: LoopRound) {
        self.init(
            number: round.number, seconds: round.seconds, workset: round.workset, changed: round.changed,
            aggregators: round.aggregators.mapValues { $0.isFinite ? $0 : nil })
    }
}
