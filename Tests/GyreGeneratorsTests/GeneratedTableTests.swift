import Foundation
import Gyre
import GyreGenerators
import Testing

/// What holds for every table, and for each kind.
struct GeneratedTableTests {
    private static func tables(rows: Int, columns: Int, seed: UInt64) -> [any GeneratedTable] {
        [
            GaussianBlobs(rows: rows, columns: columns, centers: 4, deviation: 0.5, seed: seed),
            LogisticTable(rows: rows, columns: columns, seed: seed),
            LinearTable(rows: rows, columns: columns, noise: 2, seed: seed),
        ]
    }

    @Test("Parts are the whole, in whatever pieces", arguments: [1, 2, 3, 8, 65])
    func parts(columns: Int) {
        for table in Self.tables(rows: 130, columns: columns, seed: 9) {
            let whole = table.block(0..<130)
            #expect(whole.values.count == 130 * columns && whole.labels.count == 130)
            for size in [1, 7, 64] {
                let pieces = stride(from: 0, to: 130, by: size).map { table.block($0..<min($0 + size, 130)) }
                #expect(pieces.flatMap(\.values) == whole.values && pieces.flatMap(\.labels) == whole.labels)
            }
            #expect(table.block(5..<5).labels == [])
        }
    }

    @Test("A seed gives the same, another one another")
    func seeds() {
        let first = Self.tables(rows: 20, columns: 3, seed: 1).map { $0.block(0..<20) }
        let same = Self.tables(rows: 40, columns: 3, seed: 1).map { $0.block(0..<20) }
        let other = Self.tables(rows: 20, columns: 3, seed: 2).map { $0.block(0..<20) }
        for kind in 0..<3 {
            #expect(first[kind].values == same[kind].values && first[kind].labels == same[kind].labels)
            #expect(first[kind].values != other[kind].values)
        }
    }

    @Test("Values are Box and Muller's of the row's own blocks")
    func oracle() {
        let table = LinearTable(rows: 50, columns: 5, seed: 77)
        let random = CounterRandom(seed: 77)
        for row in 0..<50 {
            let values = table.block(row..<(row + 1)).values
            for column in 0..<5 {
                let words = random.block(row: UInt64(row), draw: UInt32(column / 2), purpose: 0x5641_4C55)
                let share = (Double(UInt64(words.x) << 21 | UInt64(words.y) >> 11) + 1) / 0x1p53
                let turns = Double(UInt64(words.z) << 21 | UInt64(words.w) >> 11) / 0x1p53
                let radius = sqrt(-2 * log(share))
                let angle = 2 * Double.pi * turns
                let expected = radius * (column % 2 == 0 ? cos(angle) : sin(angle))
                #expect(abs(values[column] - expected) < 1e-13)
            }
        }
    }

    @Test("Values are standard normals, and columns have nothing to do with each other")
    func normals() {
        let count = 200_000
        let values = LogisticTable(rows: count, columns: 3, seed: 4).block(0..<count).values
        var columns: [[Double]] = []
        for column in 0..<3 { columns.append((0..<count).map { values[$0 * 3 + column] }) }
        for column in columns {
            #expect(abs(moment(column, 1)) < 0.01)
            #expect(abs(moment(column, 2) - 1) < 0.015)
            #expect(abs(moment(column, 3)) < 0.03)
            #expect(abs(moment(column, 4) - 3) < 0.1)
            // 4.55 % are more than two deviations away.
            #expect(abs(Double(column.count { abs($0) > 2 }) / Double(count) - 0.0455) < 0.002)
        }
        for (left, right) in [(0, 1), (0, 2), (1, 2)] {
            #expect(abs(moment(zip(columns[left], columns[right]).map { $0 * $1 }, 1)) < 0.01)
        }
        // A row tells nothing of the next.
        #expect(abs(moment(zip(columns[0], columns[0].dropFirst()).map { $0 * $1 }, 1)) < 0.01)
    }

    @Test("Blobs lie around their centres, of about one size")
    func blobs() {
        let table = GaussianBlobs(rows: 60_000, columns: 3, centers: 5, deviation: 0.25, seed: 8)
        let (values, labels) = table.block(0..<60_000)
        #expect(table.centers.count == 15 && table.centers.allSatisfy { -10...10 ~= $0 })
        #expect(table.centers.contains { $0 < -3 } && table.centers.contains { $0 > 3 })
        for center in 0..<5 {
            let members = labels.indices.filter { labels[$0] == Double(center) }
            #expect(abs(members.count - 12_000) < 500)
            for column in 0..<3 {
                let offsets = members.map { values[$0 * 3 + column] - table.centers[center * 3 + column] }
                #expect(abs(moment(offsets, 1)) < 0.01)
                #expect(abs(moment(offsets, 2).squareRoot() - 0.25) < 0.01)
            }
        }
        let exact = GaussianBlobs(rows: 1, columns: 2, centers: 1, deviation: 0, seed: 8)
        #expect(exact.block(0..<1).values == exact.centers)
        #expect(exact.block(0..<1).labels == [0])
    }

    @Test("Classes come up as often as the logistic function of the margin says", arguments: [1, 4, 50])
    func classes(columns: Int) {
        let count = 100_000
        let table = LogisticTable(rows: count, columns: columns, seed: 21)
        let (values, labels) = table.block(0..<count)
        #expect(abs(table.weights.reduce(0) { $0 + $1 * $1 } - 4) < 1e-12)
        #expect(-1...1 ~= table.intercept)
        var bins = [(expected: Double, found: Double, count: Double)](repeating: (0, 0, 0), count: 10)
        for row in 0..<count {
            #expect(labels[row] == 0 || labels[row] == 1)
            let margin = (0..<columns).reduce(table.intercept) { $0 + values[row * columns + $1] * table.weights[$1] }
            let share = 1 / (1 + exp(-margin))
            let bin = min(Int(share * 10), 9)
            bins[bin].expected += share
            bins[bin].found += labels[row]
            bins[bin].count += 1
        }
        for bin in bins {
            #expect(bin.count > 3_000)
            #expect(abs(bin.found - bin.expected) / bin.count < 0.03)
        }
    }

    @Test("Labels of a linear table are the model's and normal noise")
    func linear() {
        let count = 50_000
        let table = LinearTable(rows: count, columns: 7, noise: 3, seed: 5)
        let (values, labels) = table.block(0..<count)
        let noise = (0..<count).map { row in
            labels[row] - (0..<7).reduce(table.intercept) { $0 + values[row * 7 + $1] * table.weights[$1] }
        }
        #expect(abs(moment(noise, 1)) < 0.05)
        #expect(abs(moment(noise, 2).squareRoot() - 3) < 0.05)
        #expect(abs(moment(noise, 4) / 81 - 3) < 0.15)
        // It is the label's own: no column is in it.
        for column in 0..<7 {
            #expect(abs(moment((0..<count).map { noise[$0] * values[$0 * 7 + column] }, 1)) < 0.06)
        }
        let exact = LinearTable(rows: 1, columns: 1, noise: 0, seed: 5)
        let row = exact.block(0..<1)
        #expect(row.labels == [exact.intercept + row.values[0] * exact.weights[0]])
    }

    @Test("The last columns are named as files have them")
    func names() {
        #expect(LinearTable(rows: 1, columns: 2).columnNames == ["x0", "x1", "label"])
        #expect(Self.tables(rows: 1, columns: 1, seed: 0).map(\.hasClasses) == [true, true, false])
    }

    private func moment(_ values: [Double], _ power: Int) -> Double {
        values.reduce(0) { sum, value in sum + (0..<power).reduce(1) { product, _ in product * value } }
            / Double(values.count)
    }
}
