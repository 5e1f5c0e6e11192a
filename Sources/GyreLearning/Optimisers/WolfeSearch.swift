/// A line search for a step that satisfies the strong Wolfe conditions: enough decrease, and a slope that has flattened.
///
/// A value that is told the loss and the slope at the step it asked for. It brackets, then zooms by safeguarded cubic
/// interpolation.
///
/// - Source: Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 3.5, 3.6; the approximate decrease
///   near a minimum, where the loss differs by its rounding only, from Hager and Zhang, "A new conjugate gradient
///   method with guaranteed descent", 2005.
struct WolfeSearch: Codable, Sendable {
    enum Next: Equatable {
        case evaluate(step: Double)
        case accept
        case fail
    }

    private struct Sample: Codable, Sendable {
        var step: Double
        var value: Double
        var slope: Double
    }

    private static let decrease = 1e-4
    /// Relative rounding of a loss that is a mean over many rows.
    private static let rounding = 1e-14
    private static let mostEvaluations = 20

    private let start: Sample
    /// The slope's share of that at the start that is flat enough.
    private let flatness: Double
    private var step: Double
    /// The best end of the bracket, or the last step while there is no bracket.
    private var low: Sample
    /// The other end of the bracket, once there is one.
    private var high: Sample?
    private var evaluations = 0

    /// - Precondition: `slope` is negative.
    init(value: Double, slope: Double, firstStep: Double, flatness: Double = 0.9) {
        self.flatness = flatness
        start = Sample(step: 0, value: value, slope: slope)
        low = start
        step = firstStep
    }

    /// Takes loss and slope at the step that was asked for last; infinite where they are no numbers.
    mutating func update(value: Double, slope: Double) -> Next {
        evaluations += 1
        let sample = Sample(step: step, value: value, slope: slope)
        if decreasesEnough(sample), abs(slope) <= -flatness * start.slope { return .accept }
        if evaluations >= Self.mostEvaluations { return .fail }
        if let high {
            narrow(sample, high)
        } else if !decreasesEnough(sample) || (evaluations > 1 && value >= low.value) {
            high = sample
        } else if slope >= 0 {
            high = low
            low = sample
        } else {
            let next = min(extrapolated(from: low, sample), 10 * sample.step)
            low = sample
            step = next
            return .evaluate(step: step)
        }
        return interpolate()
    }

    private func decreasesEnough(_ sample: Sample) -> Bool {
        if sample.value <= start.value + Self.decrease * sample.step * start.slope { return true }
        // Where both losses are equal but for rounding, the slope alone tells.
        return sample.value <= start.value + Self.rounding * abs(start.value)
            && sample.slope <= (2 * Self.decrease - 1) * start.slope
            && abs(start.slope * sample.step) <= 1e3 * Self.rounding * abs(start.value)
    }

    private mutating func narrow(_ sample: Sample, _ high: Sample) {
        if !decreasesEnough(sample) || sample.value >= low.value {
            self.high = sample
        } else {
            if sample.slope * (high.step - low.step) >= 0 { self.high = low }
            low = sample
        }
    }

    /// The next step within the bracket, a tenth of it away from either end.
    private mutating func interpolate() -> Next {
        guard let high else { return .fail }
        let width = high.step - low.step
        guard abs(width) > 1e-16 * max(abs(high.step), abs(low.step)) else { return .fail }
        var next = low.step + width / 2
        if high.value.isFinite, high.slope.isFinite {
            let cubic = Self.cubicMinimum(low, high)
            if cubic.isFinite { next = cubic }
        }
        let (near, far) = (low.step + 0.1 * width, high.step - 0.1 * width)
        next = min(max(next, min(near, far)), max(near, far))
        step = next
        return .evaluate(step: next)
    }

    /// Where the cubic through two samples goes on to fall; at least twice, at most ten times as far.
    private func extrapolated(from first: Sample, _ second: Sample) -> Double {
        let cubic = Self.cubicMinimum(first, second)
        return cubic.isFinite && cubic > 2 * second.step ? cubic : 2 * second.step
    }

    /// The minimiser of the cubic that has the samples' values and slopes.
    private static func cubicMinimum(_ first: Sample, _ second: Sample) -> Double {
        let width = second.step - first.step
        let theta = first.slope + second.slope - 3 * (second.value - first.value) / width
        let root = (theta * theta - first.slope * second.slope).squareRoot()
        let signed = width < 0 ? -root : root
        return second.step - width * (second.slope + signed - theta) / (second.slope - first.slope + 2 * signed)
    }
}
