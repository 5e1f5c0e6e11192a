import Foundation
import Gyre
import GyreLearning
import Synchronization
import Testing

/// What every estimator keeps, whatever it learns; each check fails the test that calls it.
struct EstimatorConformance<Tested: Estimator>: Sendable where Tested.Fitted: Model {
    let subject: EstimatorSubject<Tested>
    let seed: UInt64
    private let rows: ConformanceRows

    init(_ subject: EstimatorSubject<Tested>, seed: UInt64 = 20_261_127, count: Int = 9_000) {
        self.subject = subject
        self.seed = seed
        rows = ConformanceRows(count: count, seed: seed, labels: subject.labels)
    }

    private var hasLabels: Bool { subject.labels != .none }
    private var note: Comment { "\(subject.name), seed \(seed)" }

    private func fit(
        _ table: FeatureTable, parallelism: Int = 2, checkpoint: CheckpointPolicy? = nil
    ) throws -> Tested.Fitted {
        try subject.make(table).fit(
            table, configuration: JobConfiguration(parallelism: parallelism, checkpoint: checkpoint))
    }

    /// Compares what was learned; whole numbers only count rows.
    private func isClose(_ left: ModelRecord, _ right: ModelRecord) -> Bool {
        guard left.classes == right.classes, left.tensors.keys == right.tensors.keys else { return false }
        return left.tensors.allSatisfy { name, tensor in
            guard let mine = tensor.doubles else { return tensor.type == right.tensors[name]?.type }
            guard let other = right.tensors[name]?.doubles, mine.count == other.count else { return false }
            let scale = mine.reduce(1) { max($0, abs($1)) }
            return zip(mine, other).allSatisfy { abs($0 - $1) <= subject.tolerance * scale }
        }
    }

    /// The same table and parameters: the same bits, at any parallelism.
    func fittingAgain() throws {
        let table = rows.table(hasLabels: hasLabels)
        let first = try fit(table, parallelism: 1).record
        for parallelism in [1, 2, 3, 7] {
            #expect(try fit(table, parallelism: parallelism).record == first, "\(note), parallelism \(parallelism)")
        }
    }

    /// How rows are cut into blocks changes rounding at most.
    func blocksOfAnySize() throws {
        let whole = try fit(rows.table(hasLabels: hasLabels)).record
        for blockRows in [1, 7, 1000] {
            let cut = try fit(rows.table(hasLabels: hasLabels, blockRows: blockRows)).record
            #expect(isClose(whole, cut), "\(note), blocks of \(blockRows)")
        }
    }

    /// The order of rows changes rounding at most.
    func orderOfRows() throws {
        var shuffled = rows
        let order = Array((0..<rows.features.count).reversed())
        shuffled.features = order.map { rows.features[$0] }
        shuffled.labels = order.map { rows.labels[$0] }
        let table = rows.table(hasLabels: hasLabels)
        let first = try fit(table).record
        let second = try subject.make(table).fit(
            shuffled.table(hasLabels: hasLabels), configuration: JobConfiguration(parallelism: 2)
        ).record
        #expect(isClose(first, second), note)
    }

    /// A weight counts as that many rows; rows of weight 0 as none.
    func weightsAreRepetitions() throws {
        var weighted = rows
        weighted.weights = rows.features.indices.map { Double($0 % 3) }
        var repeated = rows
        repeated.features = rows.features.indices.flatMap { row in Array(repeating: rows.features[row], count: row % 3)
        }
        repeated.labels = rows.labels.indices.flatMap { row in Array(repeating: rows.labels[row], count: row % 3) }
        let table = weighted.table(hasLabels: hasLabels)
        let estimator = subject.make(table)
        let configuration = JobConfiguration(parallelism: 2)
        let first = try estimator.fit(table, configuration: configuration).record
        let second = try estimator.fit(repeated.table(hasLabels: hasLabels), configuration: configuration).record
        #expect(isClose(first, second), note)
    }

    /// Sparse rows are the same rows.
    func sparseIsDense() throws {
        var holes = rows
        for row in holes.features.indices { holes.features[row][row % 3] = 0 }
        let dense = holes.table(hasLabels: hasLabels)
        let estimator = subject.make(dense)
        let configuration = JobConfiguration(parallelism: 2)
        let first = try estimator.fit(dense, configuration: configuration)
        let sparse = holes.table(hasLabels: hasLabels, isSparse: true)
        let second = try estimator.fit(sparse, configuration: configuration)
        #expect(isClose(first.record, second.record), note)
        let (one, other) = (try first.transform(dense.blocks[0]), try first.transform(sparse.blocks[0]))
        #expect(isClose(one, other), note)
    }

    /// A column that is the same in all rows does no harm.
    func constantColumn() throws {
        var constant = rows
        for row in constant.features.indices { constant.features[row][1] = 1e6 }
        let record = try fit(constant.table(hasLabels: hasLabels)).record
        for tensor in record.tensors.values {
            #expect(tensor.doubles?.allSatisfy(\.isFinite) != false, note)
        }
    }

    /// One row is fitted, or refused with an error of ours.
    func oneRow() throws {
        var one = rows
        one.features = [rows.features[0]]
        one.labels = [rows.labels[0]]
        let table = one.table(hasLabels: hasLabels)
        if subject.takesOneRow {
            let record = try fit(table).record
            #expect(record.tensors.values.allSatisfy { $0.doubles?.allSatisfy(\.isFinite) != false }, note)
        } else {
            #expect(throws: LearningError.self, note) { try fit(table) }
        }
    }

    /// What cannot be learned from is refused by name.
    func badRows() throws {
        let configuration = JobConfiguration(parallelism: 2)
        let estimator = subject.make(rows.table(hasLabels: hasLabels))
        var none = rows
        (none.features, none.labels) = ([], [])
        #expect(throws: LearningError.noRows, note) {
            try estimator.fit(none.table(hasLabels: hasLabels), configuration: configuration)
        }
        for value in [Double.nan, .infinity, -.infinity] {
            var bad = rows
            bad.features[5_000][2] = value
            #expect(throws: LearningError.notFinite(column: "x2", row: 5_000), "\(note), \(value)") {
                try estimator.fit(bad.table(hasLabels: hasLabels), configuration: configuration)
            }
        }
        if hasLabels {
            #expect(throws: LearningError.noLabel, note) {
                try estimator.fit(rows.table(hasLabels: false), configuration: configuration)
            }
        }
        var weightless = rows
        weightless.weights = rows.features.map { _ in 0 }
        #expect(throws: LearningError.noWeight, note) {
            try estimator.fit(weightless.table(hasLabels: hasLabels), configuration: configuration)
        }
        weightless.weights?[7] = -1
        #expect(throws: LearningError.badWeight(row: 7), note) {
            try estimator.fit(weightless.table(hasLabels: hasLabels), configuration: configuration)
        }
        let model = try estimator.fit(rows.table(hasLabels: hasLabels), configuration: configuration)
        let narrow = FeatureBlock(features: .dense(DenseRows([1, 2], columnCount: 2)))
        #expect(throws: LearningError.columnCount(found: 2, expected: 3), note) { try model.transform(narrow) }
    }

    /// A saved model is the model.
    func savedIsUnsaved() throws {
        let folder = NSTemporaryDirectory() + "gyre-model-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let table = rows.table(hasLabels: hasLabels)
        let model = try fit(table)
        try model.save(to: folder)
        let loaded = try Tested.Fitted.load(from: folder)
        #expect(loaded.record == model.record, note)
        #expect(try loaded.transform(table.blocks[0]) == model.transform(table.blocks[0]), note)
    }

    /// Rows are scored each by itself: in blocks as at once, and on a stream as in memory.
    func scoringInBlocks() throws {
        let table = rows.table(hasLabels: hasLabels)
        let model = try fit(table)
        let whole = try model.transform(table.blocks[0])
        for size in [1, 2, 3, 64, 1000] {
            for start in stride(from: 0, to: min(table.rowCount, 4000), by: max(size, 37)) {
                let range = start..<min(start + size, table.rowCount)
                let part = try model.transform(table.blocks[0].rows(range))
                #expect(isClose(part, whole, range), "\(note), rows \(range)")
            }
        }
        let cut = rows.table(hasLabels: hasLabels, blockRows: 500)
        let job = Job()
        let scored = model.transform(job.elements(cut.blocks)).collect()
        try job.run(JobConfiguration(parallelism: 3))
        let ordered = scored.elements.sorted { $0.place < $1.place }
        #expect(ordered.count == cut.blocks.count, note)
        var first = 0
        for part in ordered {
            #expect(isClose(part, whole, first..<first + part.values.count), note)
            first += part.values.count
        }
    }

    /// A training that is stopped after any of its rounds goes on from its checkpoint to the same bits.
    func resumes() throws {
        let table = rows.table(hasLabels: hasLabels)
        let rounds = Mutex(0)
        let loop = subject.loop
        let counting = JobConfiguration(
            parallelism: 2,
            onProgress: { event in
                if case .round(loop, let round) = event { rounds.withLock { $0 = round.number } }
            })
        let expected = try subject.make(table).fit(table, configuration: counting).record
        let last = rounds.withLock { $0 }
        #expect(last > 0, note)
        try resumesAfterItsEnd(table, expected)
        for stop in Set([1, 2, last / 2, last - 1]).filter({ (1..<last).contains($0) }).sorted() {
            let folder = NSTemporaryDirectory() + "gyre-training-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let policy = CheckpointPolicy(folder: folder, everyRounds: 1)
            try stopped(table, policy, afterRound: stop)
            let resumed = Mutex<Int?>(nil)
            let configuration = JobConfiguration(
                parallelism: 2,
                onProgress: { event in
                    if case .resumed(_, let round) = event { resumed.withLock { $0 = round } }
                }, checkpoint: policy)
            let found = try subject.make(table).fit(table, configuration: configuration).record
            #expect(found == expected, "\(note), stopped in round \(stop)")
            if stop > 1 { #expect(resumed.withLock { $0 } == stop - 1, "\(note), stopped in round \(stop)") }
        }
    }

    /// A training that has ended is told from its checkpoint, without a round.
    private func resumesAfterItsEnd(_ table: FeatureTable, _ expected: ModelRecord) throws {
        let folder = NSTemporaryDirectory() + "gyre-training-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let configuration = JobConfiguration(
            parallelism: 2, checkpoint: CheckpointPolicy(folder: folder, everyRounds: 1))
        for _ in 0..<2 {
            #expect(try subject.make(table).fit(table, configuration: configuration).record == expected, note)
        }
    }

    /// Trains until the given round is over, and fails then, before it is saved.
    private func stopped(_ table: FeatureTable, _ policy: CheckpointPolicy, afterRound stop: Int) throws {
        let loop = subject.loop
        let execution = Mutex<JobExecution?>(nil)
        let configuration = JobConfiguration(
            parallelism: 2,
            onProgress: { event in
                if case .round(loop, let round) = event, round.number == stop {
                    execution.withLock { $0 }?.cancel()
                }
            }, checkpoint: policy)
        guard let estimator = subject.make(table) as? any JobEstimator else { return }
        let job = Job("fit")
        try estimator.writeTraining(on: table, in: job)
        let prepared = try job.prepare(configuration)
        execution.withLock { $0 = prepared }
        defer { execution.withLock { $0 = nil } }
        #expect(throws: (any Error).self, note) { try prepared.run() }
    }

    private func isClose(_ left: Predictions, _ right: Predictions) -> Bool {
        isClose(left, right, 0..<right.values.count)
    }

    /// Whether `part` says of its rows what `whole` says of them.
    private func isClose(_ part: Predictions, _ whole: Predictions, _ range: Range<Int>) -> Bool {
        guard part.values.count == range.count else { return false }
        return range.indices.allSatisfy { row in
            let own = row - range.lowerBound
            let probabilities =
                switch (part.probabilities, whole.probabilities) {
                case (nil, nil): true
                case (let mine?, let other?): abs(mine[own] - other[row]) <= 1e-12
                default: false
                }
            guard probabilities else { return false }
            return switch (part.values[own], whole.values[row]) {
            case (.number(let mine), .number(let other)): abs(mine - other) <= 1e-12 * max(1, abs(other))
            case (.text(let mine), .text(let other)): mine == other
            default: false
            }
        }
    }
}

extension JobEstimator {
    /// Writes the training down for its own sake.
    fileprivate func writeTraining(on table: FeatureTable, in job: Job) throws {
        _ = try training(on: table, in: job).collect()
    }
}
