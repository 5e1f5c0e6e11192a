import Foundation
import Gyre

/// A CSV file of features and a label, all Doubles of up to 17 digits, some 18 bytes each; row i needs no other row.
struct FeatureFile {
    let path: String
    let rows: Int
    /// The label is the last of the columns.
    let columns: Int

    init(rows: Int, columns: Int, in folder: String) {
        self.rows = rows
        self.columns = columns
        path = "\(folder)/features-\(rows)x\(columns).csv"
    }

    /// The sum of the values' bits, which tells any of them apart whatever the order.
    struct Bits: Equatable, CustomStringConvertible {
        private(set) var sum: UInt64 = 0
        var description: String { "\(sum)" }

        mutating func add(_ value: Double) { sum &+= value.bitPattern }
    }

    /// By the formula, not from the file.
    var bits: Bits {
        var bits = Bits()
        for row in 0..<rows {
            var label = 0.0
            for column in 0..<columns - 1 {
                let value = feature(row, column)
                label += value * FeatureFile.weight(column)
                bits.add(value)
            }
            bits.add(label + noise(row))
        }
        return bits
    }

    /// Writes the file unless it is there.
    func make() throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        print("   making \(path)")
        // Under another name until it is whole.
        let partial = path + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else { throw ChildProcess.Failure(description: "cannot write \(partial)") }
        var text = (0..<columns - 1).map { "x\($0)," }.joined() + "y\n"
        for row in 0..<rows {
            var label = 0.0
            for column in 0..<columns - 1 {
                let value = feature(row, column)
                label += value * FeatureFile.weight(column)
                text += "\(value),"
            }
            text += "\(label + noise(row))\n"
            if text.utf8.count >= 1 << 20 || row == rows - 1 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.close()
        try FileManager.default.moveItem(atPath: partial, toPath: path)
    }

    private static func weight(_ column: Int) -> Double { Double(column % 7) - 3 }

    /// From −1 to 1.
    private func feature(_ row: Int, _ column: Int) -> Double {
        Double(CounterRandom.number(UInt64(100 + column), row, below: 1 << 54) - 1 << 53) * 0x1p-53
    }

    private func noise(_ row: Int) -> Double { Double(CounterRandom.number(99, row, below: 1 << 20)) * 0x1p-24 }
}
