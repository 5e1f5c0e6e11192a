import GyreCharts
import Testing

struct PointThinningTests {
    @Test("Points are taken evenly, in their order, and no more than the cap")
    func points() {
        #expect(PointThinning.points(Array(0..<5), cap: 5) == [0, 1, 2, 3, 4])
        #expect(PointThinning.points(Array(0..<10), cap: 4) == [0, 2, 5, 7])
        let kept = PointThinning.points(Array(0..<100_001), cap: 1_000)
        #expect(kept.count == 1_000)
        #expect(zip(kept, kept.dropFirst()).allSatisfy { 100...101 ~= $1 - $0 })
    }

    @Test("A line keeps its ends, its lowest and its highest point")
    func lines() {
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...500, using: &random)
            let cap = Int.random(in: 0...100, using: &random)
            let line = (0..<count).map { ChartPoint(Double($0), Double.random(in: -1...1, using: &random)) }
            let kept = PointThinning.line(line, cap: cap)
            #expect(kept.count <= max(cap, 4), "seed \(seed)")
            #expect(kept.first == line.first && kept.last == line.last, "seed \(seed)")
            #expect(kept.map(\.y).min() == line.map(\.y).min(), "seed \(seed)")
            #expect(kept.map(\.y).max() == line.map(\.y).max(), "seed \(seed)")
            #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x }, "seed \(seed)")
        }
    }
}
