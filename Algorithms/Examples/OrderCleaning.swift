public import Gyre

/// Makes clean JSON lines of a dirty CSV of orders; what cannot be cleaned goes aside with file, line and reason.
///
/// Names lose surrounding spaces, currencies become upper case, an order that comes twice is kept once (the later
/// change), and amounts below zero are refused.
public struct OrderCleaning {
    struct DirtyOrder: PlainRecord {
        var id: Int64
        var customer: String
        var currency: String
        var amount: Double
        var changed: String
    }

    /// An order as it is written.
    public struct CleanOrder: PlainRecord {
        public var id: Int64
        public var customer: String
        public var currency: String
        public var amount: Double
        public var changed: String
    }

    /// What is written aside.
    struct Reject: PlainRecord {
        var file: String
        var line: Int
        var reason: String
    }

    public let job = Job("order cleaning")

    /// - Parameters:
    ///   - files: CSV files with a header.
    ///   - clean: where the JSON lines go.
    ///   - rejects: where the rejects go, as CSV.
    public init(files: [String], clean: String, rejects: String) {
        let (rows, refused) = job.csvAndRefused(files, of: DirtyOrder.self)
        rows
            .filter { $0.amount >= 0 }
            .map {
                CleanOrder(
                    id: $0.id, customer: OrderCleaning.trimmed($0.customer), currency: $0.currency.uppercased(),
                    amount: $0.amount, changed: $0.changed)
            }
            .keyBy(name: "order") { $0.id }
            .reduce { $0.changed >= $1.changed ? $0 : $1 }
            .sorted(by: { $0.id })
            .writeJSONLines(to: clean)
        refused
            .map { Reject(file: $0.file, line: $0.line, reason: "\($0.defect)") }
            .writeCSV(to: rejects)
    }

    static func trimmed(_ text: String) -> String {
        let body = text.drop(while: \.isWhitespace)
        guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(body[...last])
    }
}
