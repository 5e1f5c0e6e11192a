import Gyre

extension FuzzPlan {
    /// The rows of every node, sorted, as arrays give them.
    func rows() -> [[Int]] {
        var scope: [[Int]] = []
        for node in nodes { scope.append(FuzzPlan.rows(of: node, scope)) }
        return scope.map { $0.sorted() }
    }

    /// Writes the nodes down and collects every one.
    func write(on job: Job) -> [Collected<Int>] {
        var scope: [DataStream<Int>] = []
        for node in nodes { scope.append(FuzzPlan.stream(of: node, scope, job)) }
        return scope.map { $0.collect() }
    }

    private static func rows(of node: Node, _ scope: [[Int]]) -> [Int] {
        switch node {
        case .source(let rows): return rows
        case .map(let input, let by): return scope[input].map { ($0 * by + 3) % 200 }
        case .filter(let input, let by): return scope[input].filter { $0 % by != 0 }
        case .flatMap(let input): return scope[input].flatMap { row in (0..<(row % 3)).map { (row + $0) % 200 } }
        case .union(let one, let other): return scope[one] + scope[other]
        case .greatest(let input, let by):
            return Array(Dictionary(scope[input].map { ($0 % by, $0) }, uniquingKeysWith: max).values)
        case .sum(let input, let by):
            return Dictionary(scope[input].map { ($0 % by, $0) }, uniquingKeysWith: +).map { ($0 + $1) % 200 }
        case .distinct(let input): return Array(Set(scope[input]))
        case .total(let input): return [scope[input].reduce(0, +) % 200]
        case .join(let one, let other, let by, _):
            let builds = Dictionary(grouping: scope[other]) { $0 % by }
            return Array(Set(scope[one].flatMap { row in (builds[row % by] ?? []).map { (row * 31 + $0) % 200 } }))
        case .broadcast(let one, let other):
            return scope[one].map { [sum = scope[other].reduce(0, +)] in ($0 + sum) % 200 }
        case .rebalance(let input), .partition(let input), .global(let input): return scope[input]
        case .iterate(let input, let rounds, let body):
            var solution = scope[input]
            for _ in 0..<rounds {
                var inner = scope + [solution]
                for node in body { inner.append(rows(of: node, inner)) }
                solution = inner[inner.count - 1]
            }
            return solution
        case .iterateTwo(let one, let other, let rounds, let body):
            var (first, second) = (scope[one], scope[other])
            for _ in 0..<rounds {
                var inner = scope + [first, second]
                for node in body { inner.append(rows(of: node, inner)) }
                (first, second) = (inner[inner.count - 2], inner[inner.count - 1])
            }
            return first + second
        case .delta(let input, let by, let rounds, let body):
            var least = [Int](repeating: 199, count: by)
            var workset = scope[input]
            var round = 0
            while round < rounds, !workset.isEmpty {
                var inner = scope + [workset]
                for node in body { inner.append(rows(of: node, inner)) }
                let candidates = Dictionary(inner[inner.count - 1].map { ($0 % by, $0) }, uniquingKeysWith: min)
                workset = candidates.values.filter { $0 < least[$0 % by] }
                for row in workset { least[row % by] = row }
                round += 1
            }
            return least
        case .cross(let one, let other):
            // Distinct, or a few of these in a row would grow without bound.
            return Array(Set(scope[one].flatMap { row in scope[other].map { (row * 7 + $0) % 200 } }))
        case .first(let input, let count):
            // Which rows these are depends on their places; how many there are does not.
            return [min(scope[input].count, count)]
        case .index(let input): return scope[input].indices.map { $0 % 200 }
        }
    }

    private static func stream(of node: Node, _ scope: [DataStream<Int>], _ job: Job) -> DataStream<Int> {
        switch node {
        case .source(let rows): return job.elements(rows)
        case .map(let input, let by): return scope[input].map { ($0 * by + 3) % 200 }
        case .filter(let input, let by): return scope[input].filter { $0 % by != 0 }
        case .flatMap(let input): return scope[input].flatMap { row in (0..<(row % 3)).map { (row + $0) % 200 } }
        case .union(let one, let other): return scope[one].union(scope[other])
        case .greatest(let input, let by): return scope[input].keyBy { $0 % by }.reduce(max)
        case .sum(let input, let by):
            return scope[input].keyBy { $0 % by }.fold(0) { $0 += $1 }.map { ($0.key + $0.value) % 200 }
        case .distinct(let input): return scope[input].distinct()
        case .total(let input):
            return scope[input].fold(0, update: { $0 += $1 }, merge: { $0 += $1 }).map { $0 % 200 }
        case .join(let one, let other, let by, let broadcast):
            return scope[one].keyBy { $0 % by }.join(
                scope[other].keyBy { $0 % by },
                hint: broadcast ? .broadcastRight : [.automatic, .hashLeft, .hashRight, .sortMerge][by % 4]
            ) { ($0 * 31 + $1) % 200 }.distinct()
        case .broadcast(let one, let other):
            return scope[one].map(broadcasting: scope[other]) { ($0 + $1.reduce(0, +)) % 200 }
        case .rebalance(let input): return scope[input].rebalance()
        case .partition(let input): return scope[input].partition(name: "third") { UInt64($0 / 3) }
        case .global(let input): return scope[input].global()
        case .iterate(let input, let rounds, let body):
            return scope[input].iterate(maximum: rounds) { variable in
                var inner = scope + [variable]
                for node in body { inner.append(stream(of: node, inner, job)) }
                return inner[inner.count - 1]
            }
        case .iterateTwo(let one, let other, let rounds, let body):
            let (first, second) = job.iterate(scope[one], scope[other], maximum: rounds) { first, second in
                var inner = scope + [first, second]
                for node in body { inner.append(stream(of: node, inner, job)) }
                return (inner[inner.count - 2], inner[inner.count - 1])
            }
            return first.union(second)
        case .delta(let input, let by, let rounds, let body):
            // An element of the solution is its key and its value in one number.
            return job.elements((0..<by).map { $0 * 200 + 199 }).keyBy(name: "key") { $0 / 200 }.iterate(
                workset: scope[input], maximum: rounds
            ) { solution, workset in
                var inner = scope + [workset]
                for node in body { inner.append(stream(of: node, inner, job)) }
                let candidates = inner[inner.count - 1].keyBy(name: "key") { $0 % by }.reduce(min)
                let better = candidates.keyBy(name: "key") { $0 % by }.lookUp(in: solution) { row, known in
                    row < (known ?? 0) % 200 ? row : Int?.none
                }
                return (delta: better.map { $0 % by * 200 + $0 }, workset: better)
            }.map { $0 % 200 }
        case .cross(let one, let other):
            return scope[one].cross(scope[other]) { ($0 * 7 + $1) % 200 }.distinct()
        case .first(let input, let count): return scope[input].first(count).count()
        case .index(let input): return scope[input].zipWithIndex().map { $0.index % 200 }
        }
    }
}
