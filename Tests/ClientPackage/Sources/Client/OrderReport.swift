import Foundation
import Gyre

/// The examples of `Docs/Guides/BatchJobs.md` and `Docs/Guides/Memory.md`.
enum OrderReport {
    struct Order: PlainRecord {
        var id: Int64
        var customer: String
        var amount: Double
    }

    struct Customer: PlainRecord {
        var name: String
        var country: String
    }

    struct Sale: PlainRecord {
        var country: String
        var amount: Double
    }

    struct Total: PlainRecord {
        var country: String
        var amount: Double
        var orders: Int
    }

    static func write(orders: String, customers: String, totals: String) throws -> String {
        let job = Job("totals by country")
        let orders = job.csv([orders], of: Order.self)
        let customers = job.csv([customers], of: Customer.self)
        let sales =
            orders
            .filter { $0.amount > 0 }
            .keyBy(name: "customer") { $0.customer }
            .join(customers.keyBy(name: "customer") { $0.name }) { order, customer in
                Sale(country: customer.country, amount: order.amount)
            }
        let byCountry =
            sales
            .keyBy(name: "country") { $0.country }
            .aggregate(.sum(of: { $0.amount }), .count) { country, amount, count in
                Total(country: country, amount: amount, orders: count)
            }
        byCountry
            .sorted(by: { $0.amount }, order: .descending)
            .writeCSV(to: totals)
        let result = try job.run()
        return job.explain(after: result)
    }

    static func rejects(in path: String) throws -> [BadRecord] {
        let job = Job("soundness")
        let (orders, refused) = job.csvAndRefused([path], of: Order.self)
        let count = orders.count().collect()
        let rejects = refused.collect()
        try job.run()
        print("\(count.elements.first ?? 0) orders, \(rejects.count) refused")
        return rejects.elements
    }

    static func sort(_ rows: Int) throws -> Int {
        let job = Job("large sort")
        let sorted = job.generate(count: rows) { Pair($0 &* 7_368_787 % 1_000_003, $0) }
            .sorted(by: { $0.first })
            .mapPartition { _ in Ascending() }
            .fold(0, update: { $0 += $1 }, merge: { $0 += $1 })
            .collect()
        let configuration = JobConfiguration(memoryBudget: 8 << 20, spillFolder: NSTemporaryDirectory())
        let result = try job.run(configuration)
        print("\(result.spilledBytes >> 20) MiB went to disk")
        guard sorted.elements == [0] else { return -1 }
        return result.spilledBytes
    }

    /// Counts the rows that come behind a greater one.
    struct Ascending: PartitionFunction {
        var last = Int.min

        mutating func process(_ row: Pair<Int, Int>, into emitter: inout Emitter<Int>) {
            if row.first < last { emitter.emit(1) }
            last = row.first
        }
    }

    static func check() throws -> Outcome {
        try TemporaryFile.with("id,customer,amount\n1,Ann,10.5\n2,Bob,1\n3,Ann,2\n4,Bob,-1\n", named: "orders.csv") {
            orders in
            try TemporaryFile.with("country,name\nCH,Ann\nDE,Bob\n", named: "customers.csv") { customers in
                let totals = orders + ".totals.csv"
                let text = try write(orders: orders, customers: customers, totals: totals)
                guard text.contains("join") else { return .fails("explain shows no join: \(text)") }
                return .equal(
                    try String(contentsOfFile: totals, encoding: .utf8), "country,amount,orders\nCH,12.5,2\nDE,1.0,1\n")
            }
        }
    }

    static func checkRejects() throws -> Outcome {
        try TemporaryFile.with("id,customer,amount\n1,Ann,10.5\nx,Bob,1\n3,Ann\n", named: "orders.csv") { path in
            .equal(try rejects(in: path).map(\.line), [3, 4])
        }
    }

    static func checkSpilling() throws -> Outcome {
        let spilled = try sort(1_000_000)
        return spilled > 8 << 20 ? .holds("\(spilled >> 20) MiB spilled") : .fails("\(spilled) bytes spilled")
    }
}
