public import Gyre

/// TPC-H's query 3: the ten orders of a market segment that had most revenue outstanding on a day.
///
/// ```sql
/// SELECT l_orderkey, sum(l_extendedprice * (1 - l_discount)) AS revenue, o_orderdate, o_shippriority
/// FROM customer, orders, lineitem
/// WHERE c_mktsegment = 'BUILDING' AND c_custkey = o_custkey AND l_orderkey = o_orderkey
///   AND o_orderdate < '1995-03-15' AND l_shipdate > '1995-03-15'
/// GROUP BY l_orderkey, o_orderdate, o_shippriority ORDER BY revenue DESC, o_orderdate LIMIT 10
/// ```
public struct ShippingPriority {
    struct Customer: PlainRecord {
        var customerKey: Int64
        var marketSegment: String
    }

    struct Order: PlainRecord {
        var orderKey: Int64
        var customerKey: Int64
        var orderDate: String
        var shipPriority: Int32
    }

    struct Item: PlainRecord {
        var orderKey: Int64
        var extendedPrice: Double
        var discount: Double
        var shipDate: String
    }

    /// An order and what is outstanding of it.
    public struct Outstanding: PlainRecord {
        public var orderKey: Int64
        public var revenue: Double
        public var orderDate: String
        public var shipPriority: Int32
    }

    public let job = Job("shipping priority")
    /// The ten orders, the greatest revenue first.
    public let orders: Collected<Outstanding>

    /// - Parameters: paths of the three tables or their parts.
    public init(customers: [String], orders: [String], items: [String], segment: String, day: String) {
        let buyers = job.csv(customers, of: Customer.self, format: OrderFormat.customers)
            .filter { $0.marketSegment == segment }
        let early = job.csv(orders, of: Order.self, format: OrderFormat.orders)
            .filter { $0.orderDate < day }
            .keyBy(name: "customer") { $0.customerKey }
            .semiJoin(buyers.keyBy(name: "customer") { $0.customerKey })
        let late = job.csv(items, of: Item.self, format: OrderFormat.items)
            .filter { $0.shipDate > day }
        self.orders = late.keyBy(name: "order") { $0.orderKey }
            .join(early.keyBy(name: "order") { $0.orderKey }) { item, order in
                Outstanding(
                    orderKey: order.orderKey, revenue: item.extendedPrice * (1 - item.discount),
                    orderDate: order.orderDate, shipPriority: order.shipPriority)
            }
            // The order's key decides the other two columns of the group.
            .keyBy(name: "order") { $0.orderKey }
            .reduce { sum, item in
                var sum = sum
                sum.revenue += item.revenue
                return sum
            }
            .sorted(by: { Pair(-$0.revenue, $0.orderDate) })
            .first(10)
            .collect()
    }
}
