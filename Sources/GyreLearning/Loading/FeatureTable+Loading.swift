public import Gyre
import GyreFormats

extension FeatureTable {
    /// Reads a table from files: a job of its own, in which all workers parse; blocks the caller.
    ///
    /// The first file says which features there are: all columns of its header but label and weight, in their order; the
    /// columns of other files are found by name, and those that the first has not are left out. LIBSVM's features are
    /// `x1`, `x2` … up to the largest index of all files. The table is the same at any parallelism, block for block.
    ///
    /// Labels are numbers if all of them are, else texts: where one that is no number comes behind others that are, the
    /// input is read again.
    ///
    /// - Parameter prepared: given the run before it starts, so that another thread can cancel it; called again where
    ///   the input is read again.
    /// - Throws: `BadRecord` for the first record in the order of the input that is refused, `FormatError` where files
    ///   cannot be read or lack a column, `LearningError.parameter` where label and weight are one column, and
    ///   `MemoryError` before the budget is passed.
    /// - Complexity: some 20 ns of each core for a value of 17 digits. Memory: 8 bytes a value, label and weight, 12 an
    ///   entry of sparse rows, and some blocks of 1 MiB a worker.
    public static func load(
        _ input: FeatureInput, configuration: JobConfiguration = JobConfiguration(),
        prepared: (JobExecution) -> Void = { _ in }
    ) throws -> FeatureTable {
        try load(input, blockSize: TextBlockReader.defaultBlockSize, configuration: configuration, prepared: prepared)
    }

    /// The same in blocks of another size.
    package static func load(
        _ input: FeatureInput, blockSize: Int, configuration: JobConfiguration,
        prepared: (JobExecution) -> Void = { _ in }
    ) throws -> FeatureTable {
        let files = try InputFiles.resolve(input.paths, rereadable: input.label != nil)
        var input = input
        input.format = try input.format.resolved(for: files)
        try input.checkColumns()
        do {
            // In LIBSVM's form labels are numbers.
            let labels: FeatureLabels = input.format == .libsvm ? .numbers : .undecided
            return try load(input, files, labels, blockSize, configuration, prepared)
        } catch is LabelIsText {
            return try load(input, files, .texts, blockSize, configuration, prepared)
        }
    }

    private static func load(
        _ input: FeatureInput, _ files: [InputFile], _ labels: FeatureLabels, _ blockSize: Int,
        _ configuration: JobConfiguration, _ prepared: (JobExecution) -> Void
    ) throws -> FeatureTable {
        let layout = FeatureLayout(
            label: input.format == .libsvm ? input.label ?? "label" : input.label, weight: input.weight, labels: labels)
        let account = MemoryAccount(budget: input.memoryBudget)
        // Reported when all is read, and once, though the input may be read twice.
        let rejections: RejectedRecords
        var policy = BadRecordPolicy.skip
        switch input.onBadRecord {
        case .fail: (rejections, policy) = (RejectedRecords(keeps: false), .fail)
        case .skip: rejections = RejectedRecords(keeps: false)
        case .report: rejections = RejectedRecords(keeps: true)
        }
        let (format, hasHeader) = (input.format, input.hasHeader)
        let records = RecordInput {
            FeatureFileReader(
                files: files, format: format, hasHeader: hasHeader, layout: layout, blockSize: blockSize)
        } makeParser: {
            FeatureBlockParser(account: account, rejections: rejections)
        }
        let job = Job("load features")
        let read = job.records(
            records, of: FeatureBlock.self, kind: FeatureBlockParser.node,
            parameters: [.init("files", input.paths.joined(separator: " "))], onError: policy
        ).collect()
        // What is trained on the table has checkpoints; reading has none.
        var plain = configuration
        plain.checkpoint = nil
        let execution = try job.prepare(plain)
        prepared(execution)
        do {
            _ = try execution.run()
        } catch let error as OperatorError {
            throw error.underlying
        }
        if case .report(let report) = input.onBadRecord { rejections.records.forEach(report) }
        var blocks = read.elements.sorted { $0.place < $1.place }
        if input.format == .libsvm {
            let width = blocks.reduce(0) { max($0, $1.columnCount) }
            // Names and what tells them apart: an index may be anything.
            try account.take(64 * width, for: FeatureBlockParser.node)
            layout.takeFeatures(count: width)
            for index in blocks.indices { blocks[index].features = blocks[index].features.widened(to: width) }
        }
        return FeatureTable(schema: layout.schema, blocks: blocks, rejected: rejections.count, account: account)
    }
}

extension FeatureInput {
    /// - Throws: `LearningError.parameter` where label or weight cannot be what they are said to be.
    func checkColumns(features: [String] = []) throws(LearningError) {
        if let label, features.contains(label) {
            throw .parameter(name: "label", value: label, expected: "a column that is no feature of the model")
        }
        guard let weight else { return }
        if features.contains(weight) {
            throw .parameter(name: "weight", value: weight, expected: "a column that is no feature of the model")
        }
        if weight == label {
            throw .parameter(name: "weight", value: weight, expected: "another column than the label")
        }
        if format == .libsvm {
            throw .parameter(name: "weight", value: weight, expected: "none, for LIBSVM files have no weights")
        }
    }
}

extension FeatureRows {
    /// The same rows among more columns, those behind the last one zero; dense rows have all of theirs.
    fileprivate func widened(to columnCount: Int) -> FeatureRows {
        switch self {
        case .dense: self
        case .sparse(let rows): .sparse(rows.widened(to: columnCount))
        }
    }
}
