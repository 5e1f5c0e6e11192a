import Foundation

/// A CSV file of four integers and three strings, about 120 bytes a row; row i needs no other row.
struct TableFile {
    let path: String
    let rows: Int

    init(_ settings: Settings) {
        rows = settings.batchRows
        path = "\(settings.work)/table-\(rows).csv"
    }

    /// The sums that a reader has to find.
    struct Sums: Equatable, Sendable, Codable {
        var rows: Int64 = 0
        /// Of the columns a, b, c, d.
        var integers: [Int64] = [0, 0, 0, 0]
        /// Bytes of the columns name, city, note.
        var lengths: [Int64] = [0, 0, 0]
        /// What the strings' last six digits say.
        var numbers: [Int64] = [0, 0, 0]
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
        var text = "a,b,c,d,name,city,note\n"
        for row in 0..<rows {
            text += "\(row),"
            text += "\(integer(1, row)),\(integer(2, row)),\(integer(3, row)),"
            text += "\(string(0, row)),\(string(1, row)),\(string(2, row))\n"
            if text.utf8.count >= 1 << 20 || row == rows - 1 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.close()
        try FileManager.default.moveItem(atPath: partial, toPath: path)
    }

    /// By the formula, not from the file.
    func sums() -> Sums {
        var sums = Sums()
        sums.rows = Int64(rows)
        for row in 0..<rows {
            sums.integers[0] += Int64(row)
            for column in 1...3 { sums.integers[column] += integer(column, row) }
            for column in 0...2 {
                sums.lengths[column] += Int64(TableFile.prefixes[column].utf8.count + 6)
                sums.numbers[column] += number(column, row)
            }
        }
        return sums
    }

    private func integer(_ column: Int, _ row: Int) -> Int64 {
        CounterRandom.number(UInt64(20 + column), row, below: [0, 100_000_000, 1_000_000_000, 1_000_000][column])
            - (column == 2 ? 500_000_000 : 0)
    }

    private func number(_ column: Int, _ row: Int) -> Int64 {
        CounterRandom.number(UInt64(30 + column), row, below: [1_000_000, 10_000, 1_000_000][column])
    }

    private func string(_ column: Int, _ row: Int) -> String {
        let digits = String(number(column, row))
        return TableFile.prefixes[column] + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// With six digits: within a String's own 16 bytes, and beyond them twice.
    private static let prefixes = ["name ", "city of many names ", "a note of some length on order "]
}
