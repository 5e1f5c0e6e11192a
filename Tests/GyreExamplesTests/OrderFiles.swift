import Foundation
import GyreGenerators

/// The generated tables as files, items in two parts, and their fields for the oracles.
struct OrderFiles {
    let folder: URL
    let customers: [[String]]
    let orders: [[String]]
    let items: [[String]]

    init(scaleFactor: Double = 0.002, seed: UInt64) throws {
        let tables = OrderTables(scaleFactor: scaleFactor, seed: seed)
        folder = FileManager.default.temporaryDirectory.appending(path: "gyre-orders-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let customerLines = (1...tables.customerCount).map(tables.customerLine)
        let orderLines = (1...tables.orderCount).map(tables.orderLine)
        let itemLines = (1...tables.orderCount).flatMap { tables.itemLines(ofOrder: $0) }
        let half = itemLines.count / 2
        for (name, lines) in [
            ("customer.tbl", customerLines[...]), ("orders.tbl", orderLines[...]),
            ("lineitem.tbl.1", itemLines[..<half]), ("lineitem.tbl.2", itemLines[half...]),
        ] {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: name))
        }
        customers = customerLines.map(OrderFiles.fields)
        orders = orderLines.map(OrderFiles.fields)
        items = itemLines.map(OrderFiles.fields)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path() }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private static func fields(_ line: String) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
    }
}
