import Foundation
import Gyre
import GyreTesting
import Testing

/// Rows into CSV: read back equal, whole or not at all.
struct CSVSinkTests {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func writtenAndReadBack(seed: UInt64) throws {
        try roundTrip(seed: seed, as: FileSale.self)
        try roundTrip(seed: seed, as: CodableFileSale.self)
    }

    private func roundTrip<Row: SaleRow>(seed: UInt64, as type: Row.Type) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<generator.below(200)).map { Row(FileSale.random(id: $0, &generator)) }
        let format = CSVFormat(
            delimiter: [",", ";"][generator.below(2)], hasHeader: generator.below(2) == 0,
            nullText: ["", "none"][generator.below(2)])
        // Without a header, columns go by position.
        for parallelism in [1, 2, 3, 7] {
            let folder = try WorkFolder()
            let job = Job()
            job.elements(rows).writeCSV(to: folder.at("out.csv"), format: format)
            job.elements(rows).writeCSV(to: folder.at("out"), format: format, as: .oneAPartition(.gzip))
            try job.run(JobConfiguration(parallelism: parallelism, batchSize: 16))
            #expect(folder.names == ["out", "out.csv"])
            let parts = try FileManager.default.contentsOfDirectory(atPath: folder.at("out")).sorted()
            #expect(parts == (0..<parallelism).map { "part-0000\($0).csv.gz" })
            for name in ["out.csv", "out"] {
                let reading = Job()
                let back = reading.csv([folder.at(name)], of: Row.self, format: format).collect()
                try reading.run(JobConfiguration(parallelism: 1))
                #expect(back.elements == rows, "seed \(seed), parallelism \(parallelism), \(name)")
            }
        }
    }

    @Test func textOfEachKindOfField() throws {
        let folder = try WorkFolder()
        let job = Job()
        let rows = [
            FileSale(id: -1, name: "a,b", count: 2, price: 0.1, note: "", flag: true, small: nil),
            FileSale(id: 2, name: "say \"x\"\n", count: -3, price: nil, note: nil, flag: false, small: 255),
        ]
        job.elements(rows).writeCSV(to: folder.at("a.csv"))
        job.elements(rows.map(CodableFileSale.init)).writeCSV(to: folder.at("b.csv"))
        try job.run(JobConfiguration(parallelism: 3))
        let expected = """
            id,name,count,price,note,flag,small
            -1,"a,b",2,0.1,"",true,
            2,"say ""x""
            ",-3,,,false,255

            """
        #expect(try folder.text("a.csv") == expected)
        #expect(try folder.text("b.csv") == expected)
    }

    @Test func nothingAppearsWhenTheJobFails() throws {
        struct Boom: Error {}
        let folder = try WorkFolder()
        try folder.write("old", to: "out.csv")
        for arrangement in [FileArrangement.oneFile, .oneAPartition()] {
            let job = Job()
            let path = folder.at(arrangement == .oneFile ? "out.csv" : "out")
            job.generate(count: 100_000) { row -> FileSale in
                if row == 99_000 { throw Boom() }
                return FileSale(id: Int64(row), name: "n", count: 1, price: nil, note: nil, flag: true, small: nil)
            }.writeCSV(to: path, as: arrangement)
            _ = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 3)) }
            #expect(try folder.text("out.csv") == "old")
        }
        #expect(folder.names == ["out.csv"])
    }

    @Test func outputsThatCannotBe() throws {
        let folder = try WorkFolder()
        try folder.write("x", to: "file")
        try FileManager.default.createDirectory(atPath: folder.at("full"), withIntermediateDirectories: true)
        try folder.write("x", to: "full/y")
        let cases: [(String, FileArrangement, String)] = [
            (folder.at("none/out.csv"), .oneFile, "none/out.csv: cannot be created: No such file or directory"),
            (folder.at("full"), .oneFile, "full: cannot be created: Is a directory"),
            (folder.at("full"), .oneAPartition(), "full: cannot be created: Directory not empty"),
            (folder.at("file"), .oneAPartition(), "file: cannot be created: Not a directory"),
            ("/dev/full", .oneFile, "/dev/full: writing failed: No space left on device"),
        ]
        for (path, arrangement, message) in cases {
            let job = Job()
            job.elements([CSVSourceTests.Narrow(id: 1)]).writeCSV(to: path, as: arrangement)
            let error = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 2)) }
            #expect(folder.relative(error.underlying) == message)
        }
        #expect(folder.names == ["file", "full"])
    }
}
