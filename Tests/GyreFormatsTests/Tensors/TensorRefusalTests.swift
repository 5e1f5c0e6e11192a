import GyreFormats
import Testing

/// Broken files, and what is said of them.
struct TensorRefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var error: FormatError

        init(_ title: String, _ bytes: [UInt8], _ error: FormatError) {
            testDescription = title
            self.bytes = bytes
            self.error = error
        }

        /// A head, some bytes of data, and what the head should have said.
        init(_ title: String, _ head: String, data: Int = 0, expected: String, found: String) {
            self.init(
                title, TensorRefusalTests.file(head, data: data),
                .badHeader(path: "t", expected: expected, found: found))
        }

        /// A head that ceases to be the format's JSON at a byte of the file.
        init(_ title: String, _ head: String, data: Int = 0, at position: Int, _ expected: String) {
            self.init(
                title, TensorRefusalTests.file(head, data: data),
                .damaged(path: "t", at: position, expected: expected))
        }
    }

    static func file(_ head: String, data: Int = 0) -> [UInt8] {
        let length = UInt64(head.utf8.count).littleEndian
        return withUnsafeBytes(of: length) { Array($0) } + Array(head.utf8) + [UInt8](repeating: 1, count: data)
    }

    private static func tensor(_ type: String, _ shape: String, _ offsets: String, name: String = "a") -> String {
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}"
    }

    private static let once = "dtype, shape and data_offsets once each"

    private static let lengths = [
        Refusal("empty", [], .damaged(path: "t", at: 0, expected: "8 more bytes of the head's length")),
        Refusal("short", [2, 0, 0], .damaged(path: "t", at: 3, expected: "5 more bytes of the head's length")),
        Refusal(
            "head longer than the file", [10, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D],
            .damaged(path: "t", at: 10, expected: "8 more bytes of the head")),
        Refusal(
            "head at the limit", [0, 0xE1, 0xF5, 5, 0, 0, 0, 0],
            .damaged(path: "t", at: 8, expected: "100000000 more bytes of the head")),
        Refusal(
            "head beyond the limit", [1, 0xE1, 0xF5, 5, 0, 0, 0, 0],
            .badHeader(path: "t", expected: "a head of at most 100000000 bytes", found: "100000001")),
        Refusal(
            "head beyond all", [UInt8](repeating: 255, count: 8),
            .badHeader(path: "t", expected: "a head of at most 100000000 bytes", found: "18446744073709551615")),
        Refusal(
            "data end early", file("{\(tensor("F64", "2", "0,16"))}", data: 15),
            .damaged(path: "t", at: 78, expected: "1 more bytes of the data")),
        Refusal(
            "data claimed, none there", file("{\(tensor("U8", "9000000000000000000", "0,9000000000000000000"))}"),
            .damaged(path: "t", at: 97, expected: "9000000000000000000 more bytes of the data")),
        Refusal(
            "data end late", file("{\(tensor("F64", "2", "0,16"))}", data: 17),
            .damaged(path: "t", at: 79, expected: "the end of the file")),
        Refusal(
            "not UTF-8", [3, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0xFF, 0x7D],
            .badHeader(path: "t", expected: "a head in UTF-8", found: "\"{\u{FFFD}}\"")),
    ]

    private static let syntax = [
        Refusal("no head", "", at: 8, "an object in JSON"),
        Refusal("no object", "[]", at: 8, "an object in JSON"),
        Refusal("text behind the head", "{} x", at: 11, "nothing but spaces behind the object"),
        Refusal("open object", "{", at: 9, "a string"),
        Refusal("a comma too many", "{\"__metadata__\":{},}", at: 27, "a string"),
        Refusal("no colon", "{\"a\"}", at: 12, "a colon"),
        Refusal("no entry", "{\"a\":1}", at: 13, "an object in JSON"),
        Refusal("open string", "{\"a", at: 11, "the end of a string"),
        Refusal("control character", "{\"a\n\":1}", at: 11, "no control character in a string"),
        Refusal("odd escape", "{\"\\x\":1}", at: 11, "one of \"\\/bfnrtu behind the backslash"),
        Refusal("escape at the end", "{\"\\", at: 11, "a letter behind the backslash"),
        Refusal("short escape", "{\"\\u12", at: 12, "four hexadecimal digits"),
        Refusal("signed escape", "{\"\\u+123\":1}", at: 12, "four hexadecimal digits"),
        Refusal("half a pair", "{\"\\ud800x\":1}", at: 16, "a pair of surrogates"),
        Refusal("two first halves", "{\"\\ud800\\ud800\":1}", at: 22, "a pair of surrogates"),
        Refusal("second half alone", "{\"\\udc00\":1}", at: 16, "a pair of surrogates"),
        Refusal("metadata that is no text", "{\"__metadata__\":{\"a\":1}}", at: 29, "a string"),
        Refusal("unknown member", "{\"a\":{\"color\":1}}", at: 22, once),
        Refusal("member twice", "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}", at: 35, once),
        Refusal("member missing", "{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", data: 1, at: 39, once),
        Refusal("negative size", "{\"a\":{\"shape\":[-1]}}", at: 23, "a whole number of at least 0"),
        Refusal("fraction", "{\"a\":{\"shape\":[1.5]}}", at: 24, "a comma or the end of the array"),
        Refusal("leading zero", "{\"a\":{\"shape\":[01]}}", at: 23, "a whole number of at least 0"),
        Refusal(
            "number beyond Int", "{\"a\":{\"shape\":[9223372036854775808]}}", at: 23,
            "a number of at most 9223372036854775807"),
        Refusal("shape is no array", "{\"a\":{\"shape\":4}}", at: 22, "an array"),
    ]

    private static let contents = [
        Refusal(
            "unknown type", "{\(tensor("F4", "2", "0,1"))}", data: 1, expected: "a known dtype of tensor \"a\"",
            found: "\"F4\""),
        Refusal(
            "one offset", "{\(tensor("U8", "1", "1"))}", data: 1, expected: "a begin and an end of tensor \"a\"",
            found: "[1]"),
        Refusal(
            "three offsets", "{\(tensor("U8", "1", "0,1,2"))}", data: 2, expected: "a begin and an end of tensor \"a\"",
            found: "[0, 1, 2]"),
        Refusal(
            "offsets the wrong way", "{\(tensor("U8", "1", "1,0"))}", data: 1,
            expected: "a begin and an end of tensor \"a\"", found: "[1, 0]"),
        Refusal(
            "too few bytes", "{\(tensor("F64", "2,3", "0,47"))}", data: 47,
            expected: "48 bytes of tensor \"a\", which is F64 of shape [2, 3]", found: "47"),
        Refusal(
            "size overflows", "{\(tensor("F64", "2305843009213693952,8", "0,0"))}",
            expected: "a shape of tensor \"a\" that fits in memory", found: "[2305843009213693952, 8]"),
        Refusal(
            "size overflows beside a zero", "{\(tensor("U8", "4294967296,0,4294967296", "0,0"))}",
            expected: "a shape of tensor \"a\" that fits in memory", found: "[4294967296, 0, 4294967296]"),
        Refusal(
            "data begin late", "{\(tensor("U8", "1", "1,2"))}", data: 2,
            expected: "tensor \"a\" to begin at byte 0 of the data", found: "1"),
        Refusal(
            "overlap", "{\(tensor("U8", "2", "0,2")),\(tensor("U8", "2", "1,3", name: "b"))}", data: 3,
            expected: "tensor \"b\" to begin at byte 2 of the data", found: "1"),
        Refusal(
            "the same bytes twice", "{\(tensor("U8", "2", "0,2")),\(tensor("U8", "2", "0,2", name: "b"))}", data: 2,
            expected: "tensor \"b\" to begin at byte 2 of the data", found: "0"),
        Refusal(
            "hole", "{\(tensor("U8", "2", "0,2")),\(tensor("U8", "2", "3,5", name: "b"))}", data: 5,
            expected: "tensor \"b\" to begin at byte 2 of the data", found: "3"),
        Refusal(
            "name twice", "{\(tensor("U8", "1", "0,1")),\(tensor("U8", "1", "1,2", name: "\\u0061"))}", data: 2,
            expected: "a tensor \"a\" once", found: "it twice"),
        Refusal(
            "metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", expected: "__metadata__ once",
            found: "it twice"),
        Refusal(
            "text twice", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", expected: "a text \"a\" once", found: "it twice"
        ),
    ]

    static let refusals = lengths + syntax + contents

    @Test("Refused with the place or what was expected", arguments: refusals)
    func refused(_ refusal: Refusal) {
        #expect(throws: refusal.error) { try TensorFile(bytes: refusal.bytes, path: "t") }
    }

    @Test("The same from a file, in one line that names it")
    func fromFile() {
        let folder = TemporaryFolder()
        let path = folder.write(Self.file("{\(Self.tensor("F64", "2", "0,16"))}", data: 9), to: "w.safetensors")
        do {
            _ = try TensorFile(path: path)
            Issue.record("read")
        } catch {
            #expect(folder.relative(error) == "w.safetensors: expected 7 more bytes of the data at byte 72")
        }
    }

    @Test("What other writers may do is read: space, any order, escapes, no padding")
    func otherWriters() throws {
        let head =
            " {\n\t\(Self.tensor("U8", "2", "1, 3", name: "\\u00e9\\ud83d\\ude00")) , "
            + "\(Self.tensor("U8", " 1 ", "0,1", name: "\\/")),\"__metadata__\" : {\"\" : \"\\t\"} } "
        let file = try TensorFile(bytes: Self.file(head, data: 3), path: "t")
        #expect(file["é😀"]?.shape == [2] && file["/"]?.shape == [1] && file.metadata == ["": "\t"])
        let inOrder = Self.file(
            "{\(Self.tensor("U8", "0", "2,2", name: "z")),\(Self.tensor("U8", "2", "0,2"))}", data: 2)
        #expect(try TensorFile(bytes: inOrder, path: "t").names == ["a", "z"])
    }

    @Test("Files with changed, missing and added bytes are read or refused, and never trap")
    func mutations() {
        var refused = 0
        for seed in 0..<20_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var bytes = RandomTensors.file(&random).bytes
            for _ in 0...Int.random(in: 0...3, using: &random) {
                guard !bytes.isEmpty else { break }
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...4, using: &random) {
                case 0: bytes[place] = .random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place...)
                case 2: bytes.remove(at: place)
                case 3: bytes.insert(Array("[]{}\":,019-\\u".utf8).randomElement(using: &random) ?? 0, at: place)
                default: bytes += bytes[place...]
                }
            }
            do throws(FormatError) {
                let file = try TensorFile(bytes: bytes, path: "seed \(seed)")
                // What was read is whole: writing and reading it gives the same.
                let again = try? TensorFile(bytes: file.bytes, path: "again")
                #expect(again == file, "seed \(seed)")
            } catch {
                refused += 1
                #expect(error.path == "seed \(seed)")
                #expect(error.category == .data, "seed \(seed)")
            }
        }
        #expect(refused > 10_000 && refused < 20_000)
    }
}
