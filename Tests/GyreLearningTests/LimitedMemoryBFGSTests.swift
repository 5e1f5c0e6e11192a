import Foundation
import GyreColumns
import GyreLearning
import Testing

@Suite struct LimitedMemoryBFGSTests {
    typealias Function = ([Double]) -> (loss: Double, gradient: [Double])

    /// Runs to the end; answers the optimiser and how many points it looked at.
    private func minimise(
        _ optimiser: LimitedMemoryBFGS, limit: Int = 2000, _ function: Function
    ) -> (LimitedMemoryBFGS, evaluations: Int) {
        var optimiser = optimiser
        var evaluations = 0
        while optimiser.status == .searching, evaluations < limit {
            let (loss, gradient) = function(optimiser.point)
            optimiser.update(loss: loss, gradient: gradient)
            evaluations += 1
        }
        return (optimiser, evaluations)
    }

    private func rosenbrock(_ point: [Double]) -> (loss: Double, gradient: [Double]) {
        var (loss, gradient) = (0.0, Array(repeating: 0.0, count: point.count))
        for i in 0..<point.count - 1 {
            let (bend, rest) = (point[i + 1] - point[i] * point[i], 1 - point[i])
            loss += 100 * bend * bend + rest * rest
            gradient[i] += -400 * point[i] * bend - 2 * rest
            gradient[i + 1] += 200 * bend
        }
        return (loss, gradient)
    }

    private func quadratic(_ diagonal: [Double]) -> Function {
        { point in
            let shifted = point.enumerated().map { $1 - Double($0 + 1) }
            return (
                zip(diagonal, shifted).reduce(0) { $0 + $1.0 * $1.1 * $1.1 / 2 },
                zip(diagonal, shifted).map { $0 * $1 }
            )
        }
    }

    @Test(arguments: [2, 10]) func rosenbrock(dimension: Int) {
        let start = (0..<dimension).map { $0.isMultiple(of: 2) ? -1.2 : 1 }
        let (optimiser, evaluations) = minimise(LimitedMemoryBFGS(start: start, tolerance: 1e-8), rosenbrock)
        #expect(optimiser.status == .converged && optimiser.gradientNorm <= 1e-8)
        // A minimum of the longer valley may be the other one.
        #expect(dimension > 2 || optimiser.best.allSatisfy { abs($0 - 1) < 1e-7 })
        #expect(evaluations < 150, "\(evaluations)")
    }

    @Test func aQuadraticTakesFewSteps() {
        let diagonal = [1, 3, 10, 4.0]
        let (optimiser, evaluations) = minimise(
            LimitedMemoryBFGS(start: [0, 0, 0, 0], tolerance: 1e-10), quadratic(diagonal))
        #expect(optimiser.status == .converged)
        #expect(zip(optimiser.best, [1, 2, 3, 4]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(evaluations < 25, "\(evaluations)")
    }

    @Test func anIllConditionedQuadraticIsOneStepOfItsMetric() {
        let diagonal = (0..<30).map { pow(10, Double($0) / 29 * 10 - 5) }
        let start = Array(repeating: 0.0, count: 30)
        let (plain, many) = minimise(
            LimitedMemoryBFGS(start: start, tolerance: 1e-7), limit: 300, quadratic(diagonal))
        #expect(plain.loss < quadratic(diagonal)(start).loss)
        var factor = Array(repeating: 0.0, count: 900)
        for i in 0..<30 { factor[i * 31] = diagonal[i].squareRoot() }
        for metric in [InverseMetric.diagonal(diagonal), .cholesky(factor)] {
            let (scaled, few) = minimise(
                LimitedMemoryBFGS(start: start, tolerance: 1e-7, metric: metric), quadratic(diagonal))
            #expect(
                scaled.status == .converged && few <= 3 && few < many, "\(few) evaluations, \(many) without a metric")
        }
    }

    @Test func aFullMetricSolvesAFullQuadratic() {
        // H = RᵀR with R = [[2, 1], [0, 3]]: the minimum of ½xᵀHx − bᵀx with b = H·(1, −2).
        let hessian = [[4.0, 2], [2, 10]]
        let right: [Double] = [0, -18]
        let (optimiser, evaluations) = minimise(
            LimitedMemoryBFGS(start: [5, 5], tolerance: 1e-10, metric: .cholesky([2, 1, 0, 3]))
        ) { x in
            var (loss, gradient) = (0.0, [Double]())
            for row in 0..<2 {
                let product: Double = hessian[row][0] * x[0] + hessian[row][1] * x[1]
                loss += x[row] * (product / 2 - right[row])
                gradient.append(product - right[row])
            }
            return (loss, gradient)
        }
        #expect(optimiser.status == .converged && evaluations <= 3)
        #expect(abs(optimiser.best[0] - 1) < 1e-9 && abs(optimiser.best[1] + 2) < 1e-9)
    }

    @Test func aLossThatIsNoNumberIsSteppedBackFrom() {
        // Defined for x < 1 only; the first step goes beyond.
        let (optimiser, _) = minimise(
            LimitedMemoryBFGS(start: [0], tolerance: 1e-8, metric: .diagonal([1e-3]))
        ) { point in (-log(1 - point[0]) - 3 * point[0], [1 / (1 - point[0]) - 3]) }
        #expect(optimiser.status == .converged)
        #expect(abs(optimiser.best[0] - 2.0 / 3) < 1e-7)
    }

    @Test func aStartThatIsNoNumberDiverges() {
        var optimiser = LimitedMemoryBFGS(start: [0], tolerance: 0)
        optimiser.update(loss: .nan, gradient: [1])
        #expect(optimiser.status == .diverged)
        var other = LimitedMemoryBFGS(start: [0], tolerance: 0)
        other.update(loss: 1, gradient: [.infinity])
        #expect(other.status == .diverged)
    }

    @Test func withoutAToleranceItIsExhausted() {
        // Rounding leaves a gradient that no step can lower.
        let (optimiser, evaluations) = minimise(LimitedMemoryBFGS(start: [3, 4], tolerance: 0)) { point in
            let shifted = [point[0] - 0.1, point[1] - 0.7]
            return (
                1e3 + shifted[0] * shifted[0] + 2 * shifted[1] * shifted[1], [2 * shifted[0] + 1e-12, 4 * shifted[1]]
            )
        }
        #expect(optimiser.status == .exhausted || optimiser.status == .converged)
        #expect(evaluations < 200, "\(evaluations)")
        #expect(abs(optimiser.best[0] - 0.1) < 1e-6 && abs(optimiser.best[1] - 0.7) < 1e-6)
    }

    @Test func aFunctionWithoutAMinimumIsGivenUp() {
        let (optimiser, evaluations) = minimise(LimitedMemoryBFGS(start: [0], tolerance: 1e-8), limit: 500) { point in
            (-point[0], [-1])
        }
        #expect(optimiser.status == .exhausted || evaluations == 500)
        #expect(optimiser.best[0].isFinite)
    }

    @Test func aStationaryStartConverges() {
        var optimiser = LimitedMemoryBFGS(start: [1, 2, 3, 4], tolerance: 0)
        let (loss, gradient) = quadratic([1, 1, 1, 1])(optimiser.point)
        optimiser.update(loss: loss, gradient: gradient)
        #expect(optimiser.status == .converged && optimiser.steps == 0 && optimiser.best == [1, 2, 3, 4])
    }

    @Test func encodedBetweenAnyTwoUpdatesItGoesOnWithTheSameBits() throws {
        let start = [-1.2, 1, -1.2, 1]
        var straight = LimitedMemoryBFGS(start: start, tolerance: 1e-9, memory: 3)
        var resumed = straight
        while straight.status == .searching {
            let (loss, gradient) = rosenbrock(straight.point)
            straight.update(loss: loss, gradient: gradient)
            var writer = ByteWriter()
            try BinaryCodec.encode(resumed, into: &writer)
            var reader = ByteReader(writer.bytes)
            resumed = try BinaryCodec.decode(LimitedMemoryBFGS.self, from: &reader)
            resumed.update(loss: loss, gradient: gradient)
            #expect(resumed.point.map(\.bitPattern) == straight.point.map(\.bitPattern))
            #expect(resumed.status == straight.status && resumed.steps == straight.steps)
        }
        #expect(straight.status == .converged)
    }
}
