/// L-BFGS as a value that is asked for a point and told its loss and gradient: an optimiser for loops whose rounds
/// evaluate one point over all data, and whose state is checkpointed between any two of them.
///
/// ```swift
/// var optimiser = LimitedMemoryBFGS(start: zeros, tolerance: 1e-6)
/// while optimiser.status == .searching {
///     let (loss, gradient) = evaluate(optimiser.point)
///     optimiser.update(loss: loss, gradient: gradient)
/// }
/// ```
///
/// Directions by the two-loop recursion over the last `memory` pairs; steps by a line search that ends at a point that
/// satisfies the strong Wolfe conditions (`WolfeSearch`). The initial metric is a multiple of the inverse of an
/// approximation of the Hessian, where one is given: for a convex loss over many rows, an exact bound of it makes a
/// handful of rounds out of dozens.
///
/// - Complexity: O(memory × dimension) an update, O(dimension²) with a full metric.
/// - Source: Nocedal, "Updating quasi-Newton matrices with limited storage", 1980; Nocedal and Wright, "Numerical
///   Optimization", 2nd edition, algorithms 7.4, 7.5.
public struct LimitedMemoryBFGS: Codable, Sendable {
    /// Whether there is more to do.
    public enum Status: String, Codable, Sendable {
        case searching
        /// The gradient's largest component is within the tolerance.
        case converged
        /// No step lowers the loss by more than its rounding: this is as exact as the loss allows.
        case exhausted
        /// The loss or its gradient is no number at a point that had to be accepted.
        case diverged
    }

    /// A step that was taken: the change of the point and of the gradient.
    private struct Pair: Codable, Sendable {
        var step: [Double]
        var change: [Double]
        /// 1 ÷ (step · change).
        var inverseProduct: Double
    }

    /// The point to be evaluated next.
    public private(set) var point: [Double]
    /// The best point that is known, with its loss and gradient.
    public private(set) var best: [Double]
    public private(set) var loss = Double.infinity
    public private(set) var gradient: [Double] = []
    public private(set) var status = Status.searching
    /// Steps that were taken.
    public private(set) var steps = 0
    /// The loop ends when no component of the gradient is larger.
    public let tolerance: Double
    private let memory: Int
    private var metric: InverseMetric
    private var pairs: [Pair] = []
    private var direction: [Double] = []
    private var search: WolfeSearch?

    public init(start: [Double], tolerance: Double, memory: Int = 10, metric: InverseMetric = .identity) {
        precondition(memory > 0, "a memory of \(memory) steps, expected at least 1")
        point = start
        best = start
        self.tolerance = tolerance
        self.memory = memory
        self.metric = metric
    }

    /// Gives the optimiser a better metric, before its first step.
    public mutating func begin(with metric: InverseMetric) {
        guard steps == 0, search == nil else { return }
        self.metric = metric
    }

    /// The largest component of the gradient at the best point.
    public var gradientNorm: Double { gradient.reduce(0) { max($0, abs($1)) } }

    /// Takes what the loss and its gradient are at `point`, and says where to look next.
    public mutating func update(loss: Double, gradient: [Double]) {
        precondition(status == .searching, "the search has ended: \(status)")
        precondition(gradient.count == point.count, "a gradient of \(gradient.count) for \(point.count) numbers")
        guard var search else {
            guard loss.isFinite, gradient.allSatisfy(\.isFinite) else {
                status = .diverged
                return
            }
            accept(loss: loss, gradient: gradient)
            return begin()
        }
        let slope = dot(gradient, direction)
        let isSound = loss.isFinite && gradient.allSatisfy(\.isFinite)
        switch search.update(value: isSound ? loss : .infinity, slope: isSound ? slope : .infinity) {
        case .evaluate(let step):
            self.search = search
            place(step)
        case .accept:
            remember(gradient)
            accept(loss: loss, gradient: gradient)
            steps += 1
            begin()
        case .fail:
            // The metric may be stale: once more along the gradient, and then there is nothing left to gain.
            if pairs.isEmpty { return status = .exhausted }
            pairs = []
            begin()
        }
    }

    private mutating func accept(loss: Double, gradient: [Double]) {
        best = point
        self.loss = loss
        self.gradient = gradient
    }

    /// Begins a line search from the best point.
    private mutating func begin() {
        if gradientNorm <= tolerance { return status = .converged }
        direction = newDirection()
        var slope = dot(gradient, direction)
        if !(slope < 0) {
            pairs = []
            direction = newDirection()
            slope = dot(gradient, direction)
            guard slope < 0 else { return status = .exhausted }
        }
        // Without a metric the first direction has the gradient's length, which says nothing.
        let isScaled = !pairs.isEmpty || metric != .identity
        let first = isScaled ? 1 : min(1, 1 / gradient.reduce(0) { $0 + abs($1) })
        // A metric knows directions better than their length, and the first length is that of all directions to come.
        let flatness = pairs.isEmpty && metric != .identity ? 0.1 : 0.9
        search = WolfeSearch(value: loss, slope: slope, firstStep: first, flatness: flatness)
        place(first)
    }

    private mutating func place(_ step: Double) {
        for index in point.indices { point[index] = best[index] + step * direction[index] }
        // Too short to move the point at all.
        if point == best {
            search = nil
            status = .exhausted
        }
    }

    private mutating func remember(_ newGradient: [Double]) {
        let step = zip(point, best).map { $0 - $1 }
        let change = zip(newGradient, gradient).map { $0 - $1 }
        let product = dot(step, change)
        // Wolfe's second condition makes it positive; rounding may not.
        guard product > 0, (1 / product).isFinite else { return }
        pairs.append(Pair(step: step, change: change, inverseProduct: 1 / product))
        if pairs.count > memory { pairs.removeFirst() }
    }

    /// −H · gradient by the two-loop recursion.
    private func newDirection() -> [Double] {
        var result = gradient.map { -$0 }
        var weights: [Double] = []
        for pair in pairs.reversed() {
            let weight = pair.inverseProduct * dot(pair.step, result)
            weights.append(weight)
            add(-weight, pair.change, to: &result)
        }
        metric.apply(to: &result)
        if let last = pairs.last {
            var scaled = last.change
            metric.apply(to: &scaled)
            let scale = 1 / (last.inverseProduct * dot(last.change, scaled))
            if scale.isFinite, scale > 0 { for index in result.indices { result[index] *= scale } }
        }
        for (pair, weight) in zip(pairs, weights.reversed()) {
            add(weight - pair.inverseProduct * dot(pair.change, result), pair.step, to: &result)
        }
        return result
    }
}

private func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
}

private func add(_ factor: Double, _ terms: [Double], to sum: inout [Double]) {
    for index in sum.indices { sum[index] += factor * terms[index] }
}
