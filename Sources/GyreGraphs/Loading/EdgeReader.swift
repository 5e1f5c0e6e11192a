import GyreColumns
import GyreFormats
import GyreOperators
import GyreRuntime

/// Reads edges from the feed that all readers of a load share. Outputs: 0 chunks of edges, 1 what identifiers there
/// were, at the end. Subclasses know the kind of identifier.
///
/// The list of vertices, small beside the edges, is read by the first instance, before its first block.
class EdgeReader: Operator {
    final let feed: EdgeFeed
    private(set) final var context: OperatorContext?
    private final var hasReadVertices = false

    init(feed: EdgeFeed) {
        self.feed = feed
    }

    /// Takes the vertices of the lists that come with the edges.
    func readVertices(_ reader: VertexReader) throws {}

    /// Parses a block and gives it back to the feed; nil where there is nothing to send on.
    func chunk(of block: EdgeBlock) throws -> EdgeChunk? { nil }

    /// What has been seen, when the input is over.
    func summary(of context: OperatorContext) -> IdentifierSummary { .integers([]) }

    override final func open(_ context: OperatorContext) {
        self.context = context
    }

    override final func resume(into output: Output) throws -> Progress {
        guard let context else { preconditionFailure("resume before open") }
        if !hasReadVertices {
            hasReadVertices = true
            if context.instance == 0, !feed.input.vertices.isEmpty {
                try readVertices(VertexReader(files: feed.input.vertices))
            }
        }
        switch feed.poll(for: context) {
        case .notYet: return .idle
        case .item(let block):
            if let chunk = try chunk(of: block) {
                try feed.account.take(chunk.byteCount, for: context.name)
                try output.emit(RowBatch(CollectionOfOne(chunk)), port: 0)
            }
            return .more
        case .failed(let error): feed.fail(error)
        case .end: break
        }
        try feed.readerIsDone()
        try output.emit(RowBatch(CollectionOfOne(summary(of: context))), port: 1)
        return .done
    }
}
