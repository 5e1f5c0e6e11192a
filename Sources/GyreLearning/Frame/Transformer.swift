public import Gyre

/// What maps blocks of rows, each row by itself: a fitted scaler, a model that scores, a pipeline of them.
///
/// On a stream it is a map, so it works on bounded and on unbounded streams alike, at any parallelism, and keeps no state
/// from block to block.
public protocol Transformer<Output>: Sendable {
    associatedtype Output: Sendable

    /// Maps a block whose columns are those of `inputSchema`, in that order.
    ///
    /// - Throws: `LearningError` where the block does not fit.
    func transform(_ block: FeatureBlock) throws -> Output

    /// The features that it was fitted on.
    var inputSchema: FeatureSchema { get }
}

extension Transformer {
    /// Maps a stream of blocks.
    ///
    /// - Throws (at run time): what the transformer throws, with the block that it threw at.
    public func transform(_ stream: DataStream<FeatureBlock>, name: String? = nil) -> DataStream<Output> {
        stream.map(with: self, name: name ?? "transform") { block, transformer in try transformer.transform(block) }
    }

    /// Checks that a block has as many features as the transformer was fitted on.
    public func checkColumns(of block: FeatureBlock) throws(LearningError) {
        guard block.columnCount == inputSchema.features.count else {
            throw .columnCount(found: block.columnCount, expected: inputSchema.features.count)
        }
    }
}

/// A transformer that makes features of features, and so can stand before others.
public protocol FeatureTransformer: Transformer where Output == FeatureBlock {
    /// The features that it makes.
    var outputSchema: FeatureSchema { get }
}

extension FeatureTransformer {
    /// Maps all blocks of a table, on all workers.
    ///
    /// - Complexity: as much memory again as the table takes.
    public func transform(
        _ table: FeatureTable, configuration: JobConfiguration = JobConfiguration()
    ) throws -> FeatureTable {
        let job = Job("transform")
        let blocks = transform(job.elements(table.blocks))
        return try FeatureTable.collect(
            blocks, schema: outputSchema, account: table.account, configuration: configuration)
    }
}
