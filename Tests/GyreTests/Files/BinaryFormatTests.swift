import Foundation
import Gyre
import GyreTesting
import Testing

/// Arrays of NumPy's and our own binary form.
struct BinaryFormatTests {
    /// An array as NumPy 1.x writes it, version 1.
    static func npy(_ dictionary: String, _ payload: [UInt8], version: UInt8 = 1) -> [UInt8] {
        let text = dictionary + "\n"
        let count = text.utf8.count
        let length: [UInt8] =
            version == 1
            ? [UInt8(count & 0xFF), UInt8(count >> 8)] : [UInt8(count & 0xFF), UInt8(count >> 8), 0, 0]
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(text.utf8) + payload
    }

    private static func bytes<Scalar: BitwiseCopyable>(_ values: [Scalar]) -> [UInt8] {
        values.withUnsafeBytes { Array($0) }
    }

    private func read<Scalar: ArrayScalar>(
        _ path: String, _ type: Scalar.Type, parallelism: Int = 1
    ) throws -> [[Scalar]] {
        let job = Job()
        let rows = job.npy([path], of: type).collect()
        try job.run(JobConfiguration(parallelism: parallelism, batchSize: 3))
        return rows.elements
    }

    @Test func arraysInBothOrders() throws {
        let folder = try WorkFolder()
        let c = Self.npy(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", Self.bytes([1, 2, 3, 4, 5, 6.5]))
        let fortran = Self.npy(
            "{'descr': '<i4', 'fortran_order': True, 'shape': (3, 2), }", Self.bytes([1, 3, 5, 2, 4, 6] as [Int32]),
            version: 2)
        let line = Self.npy(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", Self.bytes([1, 2, 3, 4] as [Float]))
        let none = Self.npy("{'descr': '<i8', 'fortran_order': False, 'shape': (0, 5), }", [])
        #expect(try read(folder.write(c, to: "c.npy"), Double.self) == [[1, 2], [3, 4], [5, 6.5]])
        #expect(try read(folder.write(fortran, to: "f.npy"), Int32.self) == [[1, 2], [3, 4], [5, 6]])
        #expect(try read(folder.write(line, to: "l.npy"), Float.self) == [[1], [2], [3], [4]])
        #expect(try read(folder.write(none, to: "n.npy"), Int64.self).isEmpty)
    }

    @Test(arguments: [1, 2, 3, 7])
    func arraysWrittenAndReadBack(parallelism: Int) throws {
        let folder = try WorkFolder()
        let rows = (0..<100_000).map { [Int64($0), -Int64($0), 7] }
        let job = Job()
        job.elements(rows).writeNpy(to: folder.at("a.npy"))
        job.elements(rows).writeNpy(to: folder.at("b"), as: .oneAPartition())
        job.elements([[Double]]()).writeNpy(to: folder.at("empty.npy"))
        try job.run(JobConfiguration(parallelism: parallelism))
        #expect(try read(folder.at("a.npy"), Int64.self) == rows)
        #expect(try read(folder.at("b"), Int64.self) == rows)
        #expect(try read(folder.at("empty.npy"), Double.self).isEmpty)
        let several = try read(folder.at("a.npy"), Int64.self, parallelism: parallelism)
        #expect(several.sorted { $0[0] < $1[0] } == rows)
    }

    @Test func arraysThatAreRefused() throws {
        let folder = try WorkFolder()
        let good = Self.npy(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", Self.bytes([1, 2, 3, 4, 5, 6] as [Double]))
        let payload = good.count - 48
        let cases: [([UInt8], String)] = [
            ([], "a.npy: expected an array of NumPy, found 0 bytes"),
            (Array("source,target\n1,2\n".utf8), "a.npy: expected an array of NumPy, found other bytes"),
            (Array(good.prefix(40)), "a.npy: expected \(payload - 40) more bytes at byte 40"),
            (Array(good.dropLast()), "a.npy: expected 1 more bytes at byte \(good.count - 1)"),
            (good + [0], "a.npy: expected the end of the array at byte \(good.count)"),
            (
                Self.npy("{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", []),
                "a.npy: expected elements of type <f8, found >f8"
            ),
            (
                Self.npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }", [1, 2]),
                "a.npy: expected 30 more bytes at byte 71"
            ),
            (
                Self.npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 3), }", []),
                "a.npy: expected an array of one or two dimensions, found {'descr': '<f8', 'fortran_order': False,…"
            ),
        ]
        for (bytes, message) in cases {
            let path = try folder.write(bytes, to: "a.npy")
            let error = try #require(throws: OperatorError.self) { _ = try read(path, Double.self) }
            #expect(folder.relative(error.underlying) == message)
        }
    }

    @Test func arraysThatAreNotWritten() throws {
        let folder = try WorkFolder()
        for (rows, path, message) in [
            ([[1.0], [2.0, 3.0]], "a.npy", "expected rows of 1 values, found \"2 values\""),
            ([[1.0]], "a.npy.gz", "a.npy.gz: cannot be created: Operation not supported"),
        ] {
            let job = Job()
            job.elements(rows).writeNpy(to: folder.at(path))
            let error = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 1)) }
            #expect(folder.relative(error.underlying) == message)
            #expect(folder.names.isEmpty)
        }
    }

    @Test(arguments: [1, 2, 3, 7])
    func recordsWrittenAndReadBack(parallelism: Int) throws {
        var generator = SeededGenerator(seed: 5)
        let rows = (0..<3000).map { FileSale.random(id: $0, &generator) }
        try roundTrip(rows, parallelism)
        try roundTrip(rows.map(CodableFileSale.init), parallelism)
    }

    private func roundTrip<Row: SaleRow>(_ rows: [Row], _ parallelism: Int) throws {
        let folder = try WorkFolder()
        let job = Job()
        job.elements(rows).writeRecords(to: folder.at("a.gyre"))
        job.elements(rows).writeRecords(to: folder.at("b"), as: .oneAPartition())
        job.elements([Row]()).writeRecords(to: folder.at("empty.gyre"))
        try job.run(JobConfiguration(parallelism: parallelism, batchSize: 100))
        let reading = Job()
        let back = ["a.gyre", "b", "empty.gyre"].map { reading.records([folder.at($0)], of: Row.self).collect() }
        try reading.run(JobConfiguration(parallelism: 1, batchSize: 77))
        #expect(back[0].elements == rows)
        #expect(back[1].elements == rows)
        #expect(back[2].elements.isEmpty)
    }

    private struct Old: PlainRecord {
        var id: Int64
        var price: Double
    }
    private struct OtherType: PlainRecord {
        var id: Int64
        var price: Float
    }
    private struct OtherName: PlainRecord {
        var id: Int64
        var cost: Double
    }
    private struct More: PlainRecord {
        var id: Int64
        var price: Double
        var note: String?
    }
    private struct Fewer: PlainRecord {
        var id: Int64
    }

    private func failure<Row: Codable & Sendable>(
        _ path: String, _ type: Row.Type, in folder: WorkFolder
    ) throws -> String {
        let job = Job()
        _ = job.records([path], of: type).collect()
        let error = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 2)) }
        return folder.relative(error.underlying)
    }

    @Test func changedTypesAreRefusedByField() throws {
        let folder = try WorkFolder()
        let path = folder.at("a.gyre")
        let job = Job()
        job.elements([Old(id: 1, price: 2)]).writeRecords(to: path)
        try job.run()
        #expect(
            try failure(path, OtherType.self, in: folder)
                == "a.gyre: expected a field \"price\" of type Float, found \"price\" of type Double")
        #expect(
            try failure(path, OtherName.self, in: folder)
                == "a.gyre: expected a field \"cost\" of type Double, found \"price\" of type Double")
        #expect(
            try failure(path, More.self, in: folder) == "a.gyre: expected a field \"note\" of type String?, found none")
        #expect(
            try failure(path, Fewer.self, in: folder)
                == "a.gyre: expected no more fields, found \"price\" of type Double")
    }

    @Test func tornAndForeignRecordsAreRefused() throws {
        let folder = try WorkFolder()
        let job = Job()
        job.elements((0..<10).map { Old(id: $0, price: 2) }).writeRecords(to: folder.at("good.gyre"))
        try job.run(JobConfiguration(parallelism: 1, batchSize: 4))
        let good = try folder.bytes("good.gyre")
        // Cut anywhere, or any byte changed: never another result.
        for count in 0..<good.count {
            let message = try failure(folder.write(Array(good.prefix(count)), to: "a.gyre"), Old.self, in: folder)
            #expect(message.hasPrefix("a.gyre: expected "), "\(count) bytes: \(message)")
        }
        for index in good.indices {
            var bytes = good
            bytes[index] ^= 0x10
            let message = try failure(folder.write(bytes, to: "a.gyre"), Old.self, in: folder)
            #expect(message.hasPrefix("a.gyre: expected "), "byte \(index): \(message)")
        }
        #expect(
            try failure(folder.write("id,price\n1,2.5\n", to: "a.gyre"), Old.self, in: folder)
                == "a.gyre: expected records of Gyre, found other bytes")
        #expect(
            try failure(folder.write(good + good, to: "a.gyre"), Old.self, in: folder)
                == "a.gyre: expected the head of a block at byte \(good.count)")
    }
}
