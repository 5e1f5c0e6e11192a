import GyreGenerators
import Testing

/// What the queries rely on in the generated tables.
struct OrderTablesTests {
    private let tables = OrderTables(scaleFactor: 0.002, seed: 3)

    private func fields(_ line: String) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
    }

    @Test
    func linesHaveTheColumnsOfTheirTable() {
        #expect(tables.customerCount == 300 && tables.orderCount == 3_000)
        // A bar ends every line.
        #expect(fields(tables.customerLine(1)).count == OrderTables.customerColumns.count + 1)
        #expect(fields(tables.orderLine(1)).count == OrderTables.orderColumns.count + 1)
        for line in tables.itemLines(ofOrder: 1) { #expect(fields(line).count == OrderTables.itemColumns.count + 1) }
    }

    @Test
    func rowsAreAFunctionOfSeedAndNumber() {
        #expect(tables.orderLine(77) == OrderTables(scaleFactor: 0.002, seed: 3).orderLine(77))
        #expect(tables.orderLine(77) != OrderTables(scaleFactor: 0.002, seed: 4).orderLine(77))
    }

    @Test
    func datesFlagsAndKeysAgree() throws {
        var flags: Set<String> = []
        var keys: Set<String> = []
        for order in 1...tables.orderCount {
            let header = fields(tables.orderLine(order))
            #expect(keys.insert(header[0]).inserted)
            #expect(try #require(Int(header[1])) % 3 != 0 && (1...300).contains(try #require(Int(header[1]))))
            #expect("1992-01-01"..."1998-08-02" ~= header[4])
            let items = tables.itemLines(ofOrder: order).map(fields)
            #expect((1...7).contains(items.count))
            for item in items {
                #expect(item[0] == header[0])
                // Strings of this form are ordered as the days are.
                #expect(header[4] < item[10] && item[10] < item[12])
                #expect(item[9] == (item[10] > "1995-06-17" ? "O" : "F"))
                #expect((item[8] == "N") == (item[12] > "1995-06-17"))
                flags.insert(item[8] + item[9])
            }
        }
        #expect(flags == ["AF", "RF", "NF", "NO"])
    }

    @Test
    func leapDaysAreDays() {
        let days = Set((1...30_000).map { fields(OrderTables(scaleFactor: 0.02).orderLine($0))[4] })
        #expect(days.contains("1992-02-29") && days.contains("1996-02-29") && !days.contains("1993-02-29"))
        #expect(days.count == 2_406)
    }
}
