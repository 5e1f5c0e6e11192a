import Foundation
import Gyre

/// A CSV file of four integers and three strings, about 120 bytes a row; row i needs no other row.
struct TableFile {
    let path: String
    let rows: Int

    init(rows: Int, in folder: String) {
        self.rows = rows
        path = "\(folder)/table-\(rows).csv"
    }

    /// A row of the file.
    struct Line: PlainRecord {
        var a: Int64
        var b: Int64
        var c: Int64
        var d: Int64
        var name: String
        var city: String
        var note: String
    }

    /// What a reader has to find.
    struct Sums: Equatable, Sendable, Codable {
        var rows: Int64 = 0
        /// Of the columns a, b, c, d.
        var integers = SIMD4<Int64>()
        /// Bytes of the columns name, city, note.
        var lengths = SIMD3<Int64>()
        /// What the strings' last six digits say.
        var numbers = SIMD3<Int64>()

        mutating func add(_ line: Line) {
            rows += 1
            integers &+= SIMD4(line.a, line.b, line.c, line.d)
            lengths &+= SIMD3(Int64(line.name.utf8.count), Int64(line.city.utf8.count), Int64(line.note.utf8.count))
            numbers &+= SIMD3(Sums.number(line.name), Sums.number(line.city), Sums.number(line.note))
        }

        mutating func add(_ other: Sums) {
            rows += other.rows
            integers &+= other.integers
            lengths &+= other.lengths
            numbers &+= other.numbers
        }

        private static func number(_ text: String) -> Int64 {
            text.utf8.suffix(6).reduce(0) { $0 * 10 + Int64($1) - 48 }
        }

        /// The columns' names as the peer prints them.
        func report() {
            Side.value("rows", rows)
            for (index, name) in ["a", "b", "c", "d"].enumerated() { Side.value(name, integers[index]) }
            for (index, name) in ["name", "city", "note"].enumerated() {
                Side.value(name, lengths[index])
                Side.value("\(name)-numbers", numbers[index])
            }
        }
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
