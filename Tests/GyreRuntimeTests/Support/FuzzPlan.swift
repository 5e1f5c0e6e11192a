import Gyre
import GyreTesting

/// A random job over numbers, as data: it can be written down as streams and worked out with arrays.
struct FuzzPlan: Sendable {
    indirect enum Node: Sendable {
        case source([Int])
        case map(Int, by: Int)
        case filter(Int, by: Int)
        case flatMap(Int)
        case union(Int, Int)
        case greatest(Int, by: Int)
        case sum(Int, by: Int)
        case distinct(Int)
        case total(Int)
        case join(Int, Int, by: Int, broadcast: Bool)
        case broadcast(Int, Int)
        case rebalance(Int)
        case partition(Int)
        case global(Int)
        /// The loop's variable is the position behind all nodes before the loop; the body goes on from there.
        case iterate(Int, rounds: Int, body: [Node])
    }

    var nodes: [Node]

    init(seed: UInt64, loops: Bool = true) {
        var generator = SeededGenerator(seed: seed)
        nodes = []
        for _ in 0...generator.below(3) {
            nodes.append(.source((0..<generator.below(120)).map { _ in generator.below(200) }))
        }
        for _ in 0...(2 + generator.below(8)) {
            if loops, generator.below(5) == 0 {
                nodes.append(FuzzPlan.loop(behind: nodes.count, &generator))
            } else {
                nodes.append(FuzzPlan.node(from: 0..<nodes.count, and: 0..<nodes.count, &generator))
            }
        }
    }

    private static func loop(behind count: Int, _ generator: inout SeededGenerator) -> Node {
        var body: [Node] = []
        let variable = count
        for _ in 0..<(1 + generator.below(4)) {
            // The first input comes from the loop, so that each node of the body does.
            body.append(
                node(from: variable..<(variable + body.count + 1), and: 0..<(variable + body.count + 1), &generator))
        }
        body.append(.distinct(variable + body.count))
        return .iterate(generator.below(count), rounds: 1 + generator.below(4), body: body)
    }

    private static func node(
        from first: Range<Int>, and second: Range<Int>, _ generator: inout SeededGenerator
    ) -> Node {
        // Late nodes rather than early ones: long chains, and diamonds over them.
        let one = max(Int.random(in: first, using: &generator), Int.random(in: first, using: &generator))
        let other = Int.random(in: second, using: &generator)
        let number = 1 + generator.below(9)
        switch generator.below(14) {
        case 0, 1: return .map(one, by: number)
        case 2: return .filter(one, by: number + 1)
        case 3: return .flatMap(one)
        case 4: return .union(one, other)
        case 5: return .greatest(one, by: number)
        case 6: return .sum(one, by: number)
        case 7: return .distinct(one)
        case 8: return .total(one)
        case 9, 10:
            return Bool.random(using: &generator)
                ? .join(one, other, by: number * 7, broadcast: number % 3 == 0)
                : .join(other, one, by: number * 7, broadcast: number % 3 == 0)
        case 11: return Bool.random(using: &generator) ? .broadcast(one, other) : .broadcast(other, one)
        case 12: return .rebalance(one)
        default: return number % 2 == 0 ? .partition(one) : .global(one)
        }
    }
}
