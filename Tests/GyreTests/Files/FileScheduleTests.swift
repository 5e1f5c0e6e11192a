import Gyre
import GyreTesting
import Testing

/// Jobs from files to files in the order of a seed: what threads beside the workers do takes part in it.
struct FileScheduleTests {
    private struct Sale: PlainRecord, Equatable {
        var id: Int
        var shop: Int
        var amount: Int
    }

    private struct Total: PlainRecord, Equatable {
        var shop: Int
        var amount: Int
    }

    private static func sales(_ count: Int, seed: UInt64) -> [Sale] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { Sale(id: $0, shop: generator.below(9), amount: generator.below(100)) }
    }

    private func text(_ sales: [Sale], badLine: Int? = nil) -> String {
        var lines = ["id,shop,amount"] + sales.map { "\($0.id),\($0.shop),\($0.amount)" }
        if let badLine { lines[badLine - 1] = "x,1,2" }
        return lines.joined(separator: "\n")
    }

    private func read(_ path: String, in job: Job, blockSize: Int = 48) -> DataStream<Sale> {
        job.records(.csv([path], of: Sale.self, format: .rfc4180, blockSize: blockSize), of: Sale.self, kind: "readCSV")
    }

    /// Reads, groups, writes one file and a folder of parts, and reads both again.
    @Test(arguments: RunMode.all)
    func fromFilesToFiles(mode: RunMode) throws {
        let folder = try WorkFolder()
        let sales = Self.sales(200, seed: 5)
        let path = try folder.write(text(sales), to: "sales.csv")
        let job = Job()
        let rows = read(path, in: job)
        rows.keyBy(\.shop).fold(0) { $0 += $1.amount }.map { Total(shop: $0.key, amount: $0.value) }
            .sorted(by: \.shop).writeCSV(to: folder.at("totals.csv"))
        rows.filter { $0.amount > 50 }.writeCSV(to: folder.at("large"), as: .oneAPartition(.gzip))
        try job.run(mode)
        let reading = Job()
        let totals = reading.csv([folder.at("totals.csv")], of: Total.self).collect()
        let large = reading.csv([folder.at("large")], of: Sale.self).collect()
        try reading.run(mode)
        let sums = Dictionary(grouping: sales, by: \.shop).mapValues { $0.reduce(0) { $0 + $1.amount } }
        #expect(
            totals.elements.sorted { $0.shop < $1.shop }
                == sums.map { Total(shop: $0.key, amount: $0.value) }.sorted { $0.shop < $1.shop })
        #expect(large.elements.sorted { $0.id < $1.id } == sales.filter { $0.amount > 50 })
    }

    /// The first bad record in the file is the one that is told, whichever is found first, and nothing is written.
    @Test(arguments: RunMode.all)
    func theFirstBadRecordIsTold(mode: RunMode) throws {
        let folder = try WorkFolder()
        let path = try folder.write(
            text(Self.sales(200, seed: 6), badLine: 97) + "\n1,2\n", to: "sales.csv")
        let job = Job()
        read(path, in: job).writeCSV(to: folder.at("out.csv"))
        let error = try #require(throws: OperatorError.self) { try job.run(mode) }
        #expect((error.underlying as? BadRecord)?.line == 97, "\(error)")
        #expect(folder.names == ["sales.csv"])
    }

    /// Under a seed nothing is left to the threads: rows arrive in the same order in every run.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aSeedDecidesTheOrderOfRows(seed: UInt64) throws {
        let folder = try WorkFolder()
        let path = try folder.write(text(Self.sales(300, seed: seed)), to: "sales.csv")
        func run() throws -> [Int] {
            let job = Job()
            let rows = read(path, in: job, blockSize: 32).rebalance().collect()
            try job.run(
                scheduledWith: seed,
                JobConfiguration(parallelism: 2 + Int(seed % 3), batchSize: 2, channelCapacity: 1))
            return rows.elements.map(\.id)
        }
        let first = try run()
        #expect(first.sorted() == Array(0..<300))
        for _ in 0..<5 { #expect(try run() == first, "seed \(seed)") }
    }
}
