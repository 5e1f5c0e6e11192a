import Foundation
import Gyre
import GyreExamples
import Testing

/// The queries on generated tables against loops over the lines, at several parallelisms and under a small budget.
struct OrderQueryTests {
    private func configurations() -> [JobConfiguration] {
        [1, 2, 3, 7].map { JobConfiguration(parallelism: $0) } + [
            JobConfiguration(parallelism: 2, memoryBudget: 4 << 20)
        ]
    }

    private func isClose(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(1, abs(right))
    }

    @Test
    func pricingSummary() throws {
        let files = try OrderFiles(seed: 1)
        defer { files.remove() }
        var expected: [String: (quantity: Double, charge: Double, count: Int)] = [:]
        for item in files.items where item[10] <= "1998-09-02" {
            let (price, discount, tax) = (Double(item[5]) ?? 0, Double(item[6]) ?? 0, Double(item[7]) ?? 0)
            var group = expected["\(item[8])|\(item[9])"] ?? (0, 0, 0)
            group.quantity += Double(item[4]) ?? 0
            group.charge += price * (1 - discount) * (1 + tax)
            group.count += 1
            expected["\(item[8])|\(item[9])"] = group
        }
        for configuration in configurations() {
            let query = PricingSummary(items: [files.path("lineitem.tbl.*")])
            try query.job.run(configuration)
            let groups = query.groups.elements
            #expect(groups.map { "\($0.key.first)|\($0.key.second)" } == expected.keys.sorted())
            for group in groups {
                let wanted = try #require(expected["\(group.key.first)|\(group.key.second)"])
                #expect(group.value.count == wanted.count && group.value.quantity == wanted.quantity)
                #expect(isClose(group.value.charge, wanted.charge))
            }
        }
    }

    @Test
    func shippingPriority() throws {
        let files = try OrderFiles(seed: 2)
        defer { files.remove() }
        let (segment, day) = ("BUILDING", "1995-03-15")
        let buyers = Set(files.customers.filter { $0[6] == segment }.map { $0[0] })
        let dates = Dictionary(
            uniqueKeysWithValues: files.orders.filter { buyers.contains($0[1]) && $0[4] < day }.map { ($0[0], $0[4]) })
        var revenues: [String: Double] = [:]
        for item in files.items where item[10] > day && dates[item[0]] != nil {
            revenues[item[0], default: 0] += (Double(item[5]) ?? 0) * (1 - (Double(item[6]) ?? 0))
        }
        let expected = revenues.sorted { ($1.value, dates[$0.key] ?? "") < ($0.value, dates[$1.key] ?? "") }.prefix(10)
        #expect(expected.count == 10)
        for configuration in configurations() {
            let query = ShippingPriority(
                customers: [files.path("customer.tbl")], orders: [files.path("orders.tbl")],
                items: [files.path("lineitem.tbl.1"), files.path("lineitem.tbl.2")], segment: segment, day: day)
            try query.job.run(configuration)
            let found = query.orders.elements
            #expect(found.map { "\($0.orderKey)" } == expected.map(\.key))
            for (order, wanted) in zip(found, expected) {
                #expect(isClose(order.revenue, wanted.value) && order.orderDate == dates[wanted.key])
            }
        }
    }

    @Test
    func revenueForecast() throws {
        let files = try OrderFiles(seed: 3)
        defer { files.remove() }
        let expected = files.items.reduce(0.0) { sum, item in
            guard item[10] >= "1994-01-01", item[10] < "1995-01-01", ["0.05", "0.06", "0.07"].contains(item[6]),
                (Int(item[4]) ?? 0) < 24
            else { return sum }
            return sum + (Double(item[5]) ?? 0) * (Double(item[6]) ?? 0)
        }
        #expect(expected > 0)
        for configuration in configurations() {
            let query = RevenueForecast(items: [files.path("lineitem.tbl.*")])
            try query.job.run(configuration)
            #expect(query.revenue.elements.count == 1)
            #expect(isClose(query.revenue.elements[0], expected))
        }
    }
}
