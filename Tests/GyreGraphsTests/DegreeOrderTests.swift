import Gyre
import GyreGraphs
import Testing

/// Numbers by degree, and columns that are filled in their order.
@Suite struct DegreeOrderTests {
    /// Against sorting by what the order promises: classes of out-degree, a factor of four each, then in-degree, both
    /// falling, then position.
    @Test(arguments: [1, 2, 3], [false, true])
    func numbersFollowDegrees(parallelism: Int, isUndirected: Bool) throws {
        let random = RandomEdges(vertices: 40_000, count: 90_000, seed: 6)
        let graph = try random.withFile { files in
            try Graph<Unweighted>.load(
                EdgeInput(edges: files, isUndirected: isUndirected, directions: [.incoming, .outgoing]),
                configuration: JobConfiguration(parallelism: parallelism))
        }
        let positions = try #require(graph.positionOfNumber)
        let numbers = try #require(graph.numberOfPosition)
        var (out, into) = ([Int](repeating: 0, count: graph.vertexCount), [Int](repeating: 0, count: graph.vertexCount))
        for edge in random.edges {
            let source = try #require(graph.identifiers.position(of: edge.source))
            let target = try #require(graph.identifiers.position(of: edge.target))
            out[source] += 1
            into[target] += 1
            if isUndirected, source != target {
                out[target] += 1
                into[source] += 1
            }
        }
        func readClass(_ degree: Int) -> Int {
            var (left, found) = (degree, 0)
            while left > 0 {
                left /= 4
                found += 1
            }
            return found
        }
        let expected = (0..<graph.vertexCount).sorted {
            (-readClass(out[$0]), -into[$0], $0) < (-readClass(out[$1]), -into[$1], $1)
        }
        // Long rows, which are sorted by comparison, are among them, and in a directed graph vertices without a row.
        let (longest, shortest) = (into.max(), into.min())
        #expect(try #require(longest) > 255)
        #expect(shortest == (isUndirected ? 1 : 0))
        // Compared before they are expected, since a failure prints what stands in an expectation.
        let isOrdered = positions.elements.map(Int.init) == expected
        let isInverse = expected.indices.allSatisfy { numbers[expected[$0]] == UInt32($0) }
        let haveDegrees = expected.indices.allSatisfy {
            Int(graph.outDegrees[$0]) == out[expected[$0]] && Int(graph.inDegrees[$0]) == into[expected[$0]]
        }
        #expect(isOrdered)
        #expect(isInverse)
        #expect(haveDegrees)
    }

    private struct Wide: BitwiseCopyable, Codable, Equatable, Sendable {
        var first: UInt64
        var second: UInt8
    }

    /// Values are put in their places as bits, by size.
    @Test func aColumnTakesValuesOfAnySize() throws {
        try expectStored { UInt8(truncatingIfNeeded: $0) }
        try expectStored { UInt16(truncatingIfNeeded: $0 * 7) }
        try expectStored { Float($0) / 3 }
        try expectStored { Double($0) / 3 }
        try expectStored { Wide(first: UInt64($0) << 40, second: UInt8(truncatingIfNeeded: $0)) }
    }

    private func expectStored<Value: BitwiseCopyable & Codable & Equatable & Sendable>(
        _ value: (Int) -> Value
    ) throws {
        let count = 1000
        let job = Job("column")
        // 7 has no divisor with 1000 in common, so that every position comes once.
        let rows = (0..<count).map { VertexValue(position: UInt32($0 * 7 % count), value: value($0 * 7 % count)) }
        let column = job.elements(rows).column(ofVertices: count)
        try job.run(JobConfiguration(parallelism: 2))
        #expect(column.elements == (0..<count).map(value), "\(Value.self)")
    }
}
