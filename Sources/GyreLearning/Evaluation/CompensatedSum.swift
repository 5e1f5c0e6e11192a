/// A sum that keeps what rounding takes from it, after Neumaier: exact but for the last bit, unless terms cancel to less
/// than a rounding unit of their largest.
struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0

    var value: Double {
        // Infinities and not-a-number show in the sum; their differences would hide them.
        lost.isFinite ? sum + lost : sum
    }

    mutating func add(_ term: Double) {
        let next = sum + term
        lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
    }
}
