import Gyre

/// Customers, their orders and the orders' items: the three tables of TPC-H that its queries 1, 3, 6 read, in the
/// format of its `.tbl` files.
///
/// Keys, dates, quantities, prices and flags follow clauses 4.2.2 and 4.2.3 of the TPC-H specification, revision 3;
/// texts are shorter, and the numbers are drawn by `CounterRandom`, so that files are not those of `dbgen` and
/// results are no TPC-H results. Every row is a function of the seed and its number.
public struct OrderTables: Sendable {
    let random: CounterRandom
    /// How many customers there are: 150,000 times the scale factor.
    public let customerCount: Int
    /// How many orders there are: ten a customer.
    public let orderCount: Int
    /// How many parts the items are drawn from.
    let partCount: Int

    /// - Precondition: `scaleFactor` is positive.
    public init(scaleFactor: Double, seed: UInt64 = 0) {
        precondition(scaleFactor > 0, "scale factor is \(scaleFactor), expected a positive number")
        random = CounterRandom(seed: seed)
        customerCount = max(1, Int(150_000 * scaleFactor))
        orderCount = customerCount * 10
        partCount = max(1, Int(200_000 * scaleFactor))
    }

    /// The columns of `customer.tbl`, in their order.
    public static let customerColumns = [
        "customerKey", "name", "address", "nationKey", "phone", "accountBalance", "marketSegment", "comment",
    ]
    /// The columns of `orders.tbl`.
    public static let orderColumns = [
        "orderKey", "customerKey", "orderStatus", "totalPrice", "orderDate", "orderPriority", "clerk", "shipPriority",
        "comment",
    ]
    /// The columns of `lineitem.tbl`.
    public static let itemColumns = [
        "orderKey", "partKey", "supplierKey", "lineNumber", "quantity", "extendedPrice", "discount", "tax",
        "returnFlag", "lineStatus", "shipDate", "commitDate", "receiptDate", "shipInstructions", "shipMode", "comment",
    ]

    /// What is drawn for a row; each has numbers of its own.
    enum Purpose: UInt32 {
        case customer, order, item
    }

    /// A number in a closed range.
    func draw(_ row: Int, _ draw: Int, _ purpose: Purpose, in range: ClosedRange<Int>) -> Int {
        let block = random.block(
            row: UInt64(row), draw: UInt32(truncatingIfNeeded: draw), purpose: purpose.rawValue)
        let word = UInt64(block.x) << 32 | UInt64(block.y)
        return range.lowerBound + Int(word.multipliedFullWidth(by: UInt64(range.count)).high)
    }
}
