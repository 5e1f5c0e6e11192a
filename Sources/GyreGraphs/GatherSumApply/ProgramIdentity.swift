import GyreColumns
import GyreOperators
import Synchronization

/// What a program's state is computed of: the program with its parameters, and the graph by a fingerprint.
///
/// The fingerprint is a hash of what is computed on, not of files: the same edges in another file, compressed or in
/// another order, are the same graph; one edge more is not. It is made once a run, when the first checkpoint is
/// written or read: one pass over the rows, some 5 GB/s.
@usableFromInline
final class ProgramIdentity<Edge: EdgeValue>: Sendable {
    private let graph: Graph<Edge>
    private let program: String
    private let fingerprint = Mutex<UInt64?>(nil)

    /// - Parameter program: its stored properties are its parameters.
    @usableFromInline
    init(_ program: some Sendable, on graph: Graph<Edge>) {
        self.graph = graph
        self.program = String(describing: program)
    }

    @usableFromInline
    var entries: [String: String] {
        let hash = fingerprint.withLock { known in
            let hash = known ?? graph.fingerprint
            known = hash
            return hash
        }
        return ["the graph's fingerprint": String(hash, radix: 16), "the program": program]
    }
}

extension Graph {
    /// A hash of vertices and edges: equal for equal graphs at any parallelism of their load.
    var fingerprint: UInt64 {
        var hash = StableHash.combine(identifiers.fingerprint, isUndirected ? 1 : 0)
        for rows in [incoming, isUndirected ? nil : outgoing] {
            guard let rows else {
                hash = StableHash.combine(hash, 0)
                continue
            }
            hash = StableHash.combine(hash, rows.offsets.fingerprint(of: vertexCount + 1))
            hash = StableHash.combine(hash, rows.neighbors.fingerprint(of: rows.edgeCount))
            if Edge.isWeighted {
                // By length: the bytes of an edge's value may have padding among them.
                for edge in 0..<rows.edgeCount {
                    hash = StableHash.combine(hash, rows.values.base[edge].length.bitPattern)
                }
            }
        }
        return hash
    }
}

extension SharedVector where Element: FixedWidthInteger {
    fileprivate func fingerprint(of count: Int) -> UInt64 {
        count == 0 ? 0 : StableHash.bytes(base, count: count * MemoryLayout<Element>.stride)
    }
}

extension VertexIdentifiers {
    fileprivate var fingerprint: UInt64 {
        switch self {
        case .range(let first, let count):
            // As the list of the same integers.
            return (0..<count).reduce(UInt64(count)) {
                StableHash.combine($0, UInt64(bitPattern: first + Int64($1)))
            }
        case .integers(let values):
            return values.reduce(UInt64(values.count)) { StableHash.combine($0, UInt64(bitPattern: $1)) }
        case .strings(let values):
            return values.reduce(StableHash.mix(UInt64(values.count))) { StableHash.combine($0, $1.keyHash) }
        }
    }
}
