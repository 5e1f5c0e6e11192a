import GyreFormats
import Testing

/// Columns that own their values are formatted as lent ones are: an empty text is quoted, none is empty.
struct ResultValuesTests {
    private func text(_ columns: [ResultValues], _ rows: Range<Int>) -> String {
        let names = columns.indices.map { "c\($0)" }
        let buffer = TextBuffer()
        ResultRows(format: .csv, names: names).append(rows, of: columns, into: buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test func everyKind() {
        let columns: [ResultValues] = [
            .integers([1, nil, 3]), .doubles([0.1, 1e-300, .infinity], unreached: .infinity), .floats([0.1, 2, 3]),
            .strings(["a", "b,c", ""]), .texts(bytes: Array("xyz".utf8), offsets: [0, 1, 1, 3]),
        ]
        #expect(columns.map(\.count) == [3, 3, 3, 3, 3])
        #expect(text(columns, 0..<3) == "1,0.1,0.1,a,x\n,1e-300,2.0,\"b,c\",\"\"\n3,,3.0,\"\",yz\n")
        #expect(text(columns, 2..<3) == "3,,3.0,\"\",yz\n")
    }

    /// Lends what it owns, as a graph's column does.
    private struct Levels: ResultHolder {
        let values: [UInt32]
        var count: Int { values.count }

        func withColumn(_ body: (ResultColumn) -> Void) {
            values.withUnsafeBufferPointer { body(.counts($0.baseAddress!, unreached: .max)) }
        }
    }

    @Test func heldElsewhere() {
        let columns: [ResultValues] = [.held(Levels(values: [0, .max, 4_294_967_294])), .strings(["a", "b", "c"])]
        #expect(columns.map(\.count) == [3, 3])
        #expect(text(columns, 0..<3) == "0,a\n,b\n4294967294,c\n")
        #expect(text(columns, 2..<3) == "4294967294,c\n")
    }

    @Test func noRows() {
        #expect(text([.integers([Int64]()), .texts(bytes: [], offsets: [0])], 0..<0) == "")
        #expect(text([.integers([7]), .texts(bytes: [], offsets: [0, 0])], 0..<1) == "7,\"\"\n")
    }
}
