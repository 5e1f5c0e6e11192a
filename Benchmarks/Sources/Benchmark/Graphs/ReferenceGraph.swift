import Foundation

/// The graph as the sequential references read it: plain rows of out-edges, by a parser of its own.
struct ReferenceGraph {
    let vertexCount: Int
    /// Where the row of a vertex begins in `targets`.
    private(set) var starts: [Int]
    private(set) var targets: [Int]
    private(set) var weights: [Int]

    init(_ path: String, vertexCount: Int, isWeighted: Bool = false, isUndirected: Bool = false) throws {
        self.vertexCount = vertexCount
        var numbers: [Int] = []
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { bytes in
            var number = 0
            for byte in bytes {
                if byte >= 48 {
                    number = number * 10 + Int(byte - 48)
                } else {
                    numbers.append(number)
                    number = 0
                }
            }
        }
        let fields = isWeighted ? 3 : 2
        starts = [Int](repeating: 0, count: vertexCount + 1)
        for line in stride(from: 0, to: numbers.count, by: fields) {
            starts[numbers[line] + 1] += 1
            if isUndirected { starts[numbers[line + 1] + 1] += 1 }
        }
        for vertex in 0..<vertexCount { starts[vertex + 1] += starts[vertex] }
        var next = starts
        targets = [Int](repeating: 0, count: starts[vertexCount])
        weights = isWeighted ? targets : []
        func add(_ source: Int, _ target: Int, _ line: Int) {
            targets[next[source]] = target
            if isWeighted { weights[next[source]] = numbers[line + 2] }
            next[source] += 1
        }
        for line in stride(from: 0, to: numbers.count, by: fields) {
            add(numbers[line], numbers[line + 1], line)
            if isUndirected { add(numbers[line + 1], numbers[line], line) }
        }
    }

    func row(_ vertex: Int) -> Range<Int> { starts[vertex]..<starts[vertex + 1] }

    /// A vertex that has an edge: the one with the most.
    var busiest: Int { (0..<vertexCount).max { row($0).count < row($1).count } ?? 0 }
}
