import Foundation
import Gyre
import GyreExamples
import Testing

/// Jobs from text files to results, on small files that are written here.
struct TextJobTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gyre-text-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test
    func wordsOfSeveralFiles() throws {
        try withFolder { folder in
            try Data("A rose is\na  rose\n".utf8).write(to: folder.appending(path: "one.txt"))
            try Data("\nis a\trose".utf8).write(to: folder.appending(path: "two.txt"))
            for workers in [1, 2, 7] {
                let words = WordCount([folder.path()])
                try words.job.run(JobConfiguration(parallelism: workers))
                let counts = Dictionary(uniqueKeysWithValues: words.counts.elements.map { ($0.key, $0.value) })
                #expect(counts == ["a": 3, "rose": 3, "is": 2])
            }
        }
    }

    @Test
    func dirtyOrdersBecomeCleanOnes() throws {
        let dirty = """
            changed,id,customer,note,amount,currency
            2024-01-02,7," Ann, of Bern ",first,10.5,chf
            2024-01-01,7,Ann,older,9,chf
            2024-01-01,x,Bob,no number,1,eur
            2024-01-03,5,Cid,"a note
            of two lines",-1,eur
            2024-01-03,3,Dan,short
            2024-01-04,4,Eve,last,2,usd

            """
        try withFolder { folder in
            let (input, clean, rejects) = (
                folder.appending(path: "orders.csv"), folder.appending(path: "clean.jsonl"),
                folder.appending(path: "rejects.csv")
            )
            try Data(dirty.utf8).write(to: input)
            for workers in [1, 2, 3] {
                let cleaning = OrderCleaning(files: [input.path()], clean: clean.path(), rejects: rejects.path())
                try cleaning.job.run(JobConfiguration(parallelism: workers))
                let orders = try String(contentsOf: clean, encoding: .utf8).split(separator: "\n").map {
                    try JSONDecoder().decode(OrderCleaning.CleanOrder.self, from: Data($0.utf8))
                }
                #expect(orders.map(\.id) == [4, 7])
                #expect(orders.map(\.customer) == ["Eve", "Ann, of Bern"] && orders.map(\.currency) == ["USD", "CHF"])
                #expect(orders.map(\.amount) == [2, 10.5])
                let aside = try String(contentsOf: rejects, encoding: .utf8).split(separator: "\n").dropFirst()
                #expect(aside.count == 2, "\(aside)")
                #expect(
                    aside.contains { $0.contains("orders.csv,4,") } && aside.contains { $0.contains("orders.csv,7,") })
            }
        }
    }
}
