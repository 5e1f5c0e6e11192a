import GyreFormats
import Testing

/// Golden files of every output format.
struct ResultRowsTests {
    private let ids: [Int64] = [-1, 0, 12]
    private let ranks = [0.1, .infinity, .nan]
    private let levels: [Int64] = [0, .max, 7]

    private func text(_ format: OutputFormat, _ names: [String], _ columns: [ResultColumn], rows: Int) -> String {
        let formatter = ResultRows(format: format, names: names)
        let buffer = TextBuffer(capacity: 1)
        formatter.header(into: buffer)
        for row in 0..<rows { formatter.append(row..<row + 1, of: columns, into: buffer) }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test func integersAndUnreached() {
        ids.withUnsafeBufferPointer { ids in
            levels.withUnsafeBufferPointer { levels in
                let columns: [ResultColumn] = [
                    .integers(ids.baseAddress!), .integers(levels.baseAddress!, unreached: .max),
                ]
                let text = { self.text($0, ["vertex", "distance"], columns, rows: 3) }
                #expect(text(.csv) == "vertex,distance\n-1,0\n0,\n12,7\n")
                #expect(text(.tsv) == "vertex\tdistance\n-1\t0\n0\t\n12\t7\n")
                #expect(text(.text) == "-1 0\n0 9223372036854775807\n12 7\n")
                #expect(
                    text(.jsonLines) == """
                        {"vertex":-1,"distance":0}
                        {"vertex":0,"distance":null}
                        {"vertex":12,"distance":7}

                        """)
            }
        }
    }

    @Test func doublesUnreachedAndNaN() {
        ids.withUnsafeBufferPointer { ids in
            ranks.withUnsafeBufferPointer { ranks in
                let columns: [ResultColumn] = [
                    .integers(ids.baseAddress!), .doubles(ranks.baseAddress!, unreached: .infinity),
                ]
                let text = { self.text($0, ["vertex", "rank"], columns, rows: 3) }
                #expect(text(.csv) == "vertex,rank\n-1,0.1\n0,\n12,nan\n")
                #expect(text(.text) == "-1 1.000000000000000e-01\n0 Infinity\n12 nan\n")
                #expect(
                    text(.jsonLines) == """
                        {"vertex":-1,"rank":0.1}
                        {"vertex":0,"rank":null}
                        {"vertex":12,"rank":null}

                        """)
            }
        }
    }

    @Test func floats() {
        let floats: [Float] = [0.1, 3, .infinity]
        floats.withUnsafeBufferPointer { floats in
            let columns: [ResultColumn] = [.floats(floats.baseAddress!)]
            #expect(text(.csv, ["rank"], columns, rows: 2) == "rank\n0.1\n3.0\n")
            #expect(
                text(.text, ["rank"], columns, rows: 3)
                    == "1.000000014901161e-01\n3.000000000000000e+00\nInfinity\n")
        }
    }

    @Test func textsAreQuoted() {
        let names: [ResultColumn] = [.strings(["a", "a,b", "\"", "", "#a", " a", "x\ny\t\\\u{1}ü"])]
        #expect(
            text(.csv, ["v"], names, rows: 7)
                == "v\na\n\"a,b\"\n\"\"\"\"\n\"\"\n\"#a\"\n\" a\"\n\"x\ny\t\\\u{1}ü\"\n")
        #expect(text(.tsv, ["v"], names, rows: 7) == "v\na\na,b\n\"\n\n#a\n a\nx\\ny\\t\\\\\u{1}ü\n")
        #expect(
            text(.jsonLines, ["v\""], names, rows: 7).split(separator: "\n").suffix(1)
                == ["{\"v\\\"\":\"x\\ny\\t\\\\\\u0001ü\"}"])
    }

    @Test func textsInOneBuffer() {
        let bytes = Array("abc".utf8)
        let offsets = [0, 1, 3]
        bytes.withUnsafeBufferPointer { bytes in
            offsets.withUnsafeBufferPointer { offsets in
                let column = TextColumn(bytes: bytes.baseAddress!, offsets: offsets.baseAddress!)
                #expect(text(.text, ["v"], [.texts(column)], rows: 2) == "a\nbc\n")
            }
        }
    }

    @Test func formatsByEnding() {
        #expect(OutputFormat(path: nil) == .csv)
        #expect(OutputFormat(path: "-") == .csv)
        #expect(OutputFormat(path: "a/b.JSONL") == .jsonLines)
        #expect(OutputFormat(path: "x.txt") == .text)
        #expect(OutputFormat(path: "x.tsv") == .tsv)
        #expect(OutputFormat(path: "x.csv.d/y") == nil)
        #expect(OutputFormat(path: "x.parquet") == nil)
    }
}
