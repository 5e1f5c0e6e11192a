public import Gyre

/// TPC-H's query 1: what was sold, at what prices, by return flag and line status.
///
/// ```sql
/// SELECT l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice), sum(l_extendedprice * (1 - l_discount)),
///        sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), avg(l_quantity), avg(l_extendedprice), avg(l_discount),
///        count(*)
/// FROM lineitem WHERE l_shipdate <= '1998-09-02' GROUP BY 1, 2 ORDER BY 1, 2
/// ```
public struct PricingSummary {
    /// The columns that are read; all others are skipped.
    struct Item: PlainRecord {
        var quantity: Double
        var extendedPrice: Double
        var discount: Double
        var tax: Double
        var returnFlag: String
        var lineStatus: String
        var shipDate: String
    }

    /// The sums of a group.
    public struct Sums: PlainRecord {
        public var quantity = 0.0
        public var basePrice = 0.0
        public var discountedPrice = 0.0
        public var charge = 0.0
        public var discount = 0.0
        public var count = 0

        mutating func add(_ item: Item) {
            let discounted = item.extendedPrice * (1 - item.discount)
            quantity += item.quantity
            basePrice += item.extendedPrice
            discountedPrice += discounted
            charge += discounted * (1 + item.tax)
            discount += item.discount
            count += 1
        }

        mutating func merge(_ other: Sums) {
            quantity += other.quantity
            basePrice += other.basePrice
            discountedPrice += other.discountedPrice
            charge += other.charge
            discount += other.discount
            count += other.count
        }
    }

    public let job = Job("pricing summary")
    /// A group a row, ordered by its key; averages are sums by counts.
    public let groups: Collected<KeyedValue<Pair<String, String>, Sums>>

    /// - Parameter items: paths of `lineitem.tbl` or its parts.
    public init(items: [String]) {
        groups = job.csv(items, of: Item.self, format: OrderFormat.items)
            .filter { $0.shipDate <= "1998-09-02" }
            .keyBy(name: "flag, status", { $0.returnFlag }, { $0.lineStatus })
            .aggregate(Sums(), update: { $0.add($1) }, merge: { $0.merge($1) })
            .sorted(by: { $0.key })
            .collect()
    }
}
