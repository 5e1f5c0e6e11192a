public import Gyre

/// TPC-H's query 6: what would have been earned without the small discounts of a year.
///
/// ```sql
/// SELECT sum(l_extendedprice * l_discount) FROM lineitem
/// WHERE l_shipdate >= '1994-01-01' AND l_shipdate < '1995-01-01' AND l_discount BETWEEN 0.05 AND 0.07
///   AND l_quantity < 24
/// ```
public struct RevenueForecast {
    struct Item: PlainRecord {
        var quantity: Double
        var extendedPrice: Double
        var discount: Double
        var shipDate: String
    }

    public let job = Job("revenue forecast")
    /// One row: the sum.
    public let revenue: Collected<Double>

    /// - Parameter items: paths of `lineitem.tbl` or its parts.
    public init(items: [String]) {
        revenue = job.csv(items, of: Item.self, format: OrderFormat.items)
            // Discounts are whole hundredths; half of one on each side keeps binary fractions from deciding.
            .filter {
                $0.shipDate >= "1994-01-01" && $0.shipDate < "1995-01-01" && $0.discount > 0.045
                    && $0.discount < 0.075 && $0.quantity < 24
            }
            .fold(0.0, name: "revenue", update: { $0 += $1.extendedPrice * $1.discount }, merge: { $0 += $1 })
            .collect()
    }
}
