import Gyre

/// The format of TPC-H's `.tbl` files: fields between bars, a bar behind the last one, no header.
enum OrderFormat {
    static let customers = table([
        "customerKey", "name", "address", "nationKey", "phone", "accountBalance", "marketSegment", "comment",
    ])
    static let orders = table([
        "orderKey", "customerKey", "orderStatus", "totalPrice", "orderDate", "orderPriority", "clerk", "shipPriority",
        "comment",
    ])
    static let items = table([
        "orderKey", "partKey", "supplierKey", "lineNumber", "quantity", "extendedPrice", "discount", "tax",
        "returnFlag", "lineStatus", "shipDate", "commitDate", "receiptDate", "shipInstructions", "shipMode", "comment",
    ])

    private static func table(_ columns: [String]) -> CSVFormat {
        // The bar at the end of a line closes the last field and opens an empty one.
        CSVFormat(delimiter: "|", hasHeader: false, columns: columns + ["end"])
    }
}
