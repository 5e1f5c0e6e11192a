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
        /// Two variables, which stand behind all nodes before the loop; the last two nodes of the body are the next
        /// ones.
        case iterateTwo(Int, Int, rounds: Int, body: [Node])
        /// The least row by remainder, of which rows that are less than those before make the next workset. The
        /// workset stands behind all nodes before the loop.
        case delta(Int, by: Int, rounds: Int, body: [Node])
        case cross(Int, Int)
        case first(Int, Int)
        case index(Int)
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
                let behind = nodes.count
                switch generator.below(3) {
                case 0: nodes.append(FuzzPlan.loop(behind: behind, &generator))
                case 1: nodes.append(FuzzPlan.loopOfTwo(behind: behind, &generator))
                default: nodes.append(FuzzPlan.delta(behind: behind, &generator))
                }
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

    private static func loopOfTwo(behind count: Int, _ generator: inout SeededGenerator) -> Node {
        var body: [Node] = []
        for index in 0..<(2 + generator.below(3)) {
            let known = count..<(count + 2 + body.count)
            body.append(node(from: index == 0 ? count..<(count + 1) : known, and: 0..<known.upperBound, &generator))
        }
        // Each next one depends on the loop, and keeps it from growing without bound.
        let last = count + 1 + body.count
        body.append(.distinct(last))
        body.append(.greatest(generator.below(2) == 0 ? count + 1 : last - 1, by: 50))
        return .iterateTwo(
            generator.below(count), generator.below(count), rounds: 1 + generator.below(4), body: body)
    }

    private static func delta(behind count: Int, _ generator: inout SeededGenerator) -> Node {
        var body: [Node] = []
        for _ in 0..<(1 + generator.below(3)) {
            let known = count..<(count + body.count + 1)
            body.append(node(from: known, and: 0..<known.upperBound, &generator))
        }
        return .delta(
            generator.below(count), by: 3 + generator.below(60), rounds: 1 + generator.below(6), body: body)
    }

    private static func node(
        from first: Range<Int>, and second: Range<Int>, _ generator: inout SeededGenerator
    ) -> Node {
        // Late nodes rather than early ones: long chains, and diamonds over them.
        let one = max(Int.random(in: first, using: &generator), Int.random(in: first, using: &generator))
        let other = Int.random(in: second, using: &generator)
        let number = 1 + generator.below(9)
        switch generator.below(17) {
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
        case 13: return .cross(one, other)
        case 14: return .index(one)
        case 15: return .first(one, number)
        default: return number % 2 == 0 ? .partition(one) : .global(one)
        }
    }
}
