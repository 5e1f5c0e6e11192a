import Gyre
import GyreTesting

/// The fields that the tests of files read and write: as a plain record, and through `Codable`.
protocol SaleRow: Codable, Sendable, Equatable {
    var id: Int64 { get }
    init(_ sale: FileSale)
}

struct FileSale: PlainRecord, SaleRow {
    var id: Int64
    var name: String
    var count: Int32
    var price: Double?
    var note: String?
    var flag: Bool
    var small: UInt8?
}

extension FileSale {
    init(_ sale: FileSale) { self = sale }
}

/// The same without the marker, and with a type that encodes itself as a single value.
struct CodableFileSale: SaleRow {
    enum Flag: String, Codable { case yes = "true", no = "false" }
    var id: Int64
    var name: String
    var count: Int32
    var price: Double?
    var note: String?
    var flag: Flag
    var small: UInt8?

    init(_ sale: FileSale) {
        id = sale.id
        name = sale.name
        count = sale.count
        price = sale.price
        note = sale.note
        flag = sale.flag ? .yes : .no
        small = sale.small
    }
}

extension FileSale {
    static let columns = ["id", "name", "count", "price", "note", "flag", "small"]

    /// The fields as text; nil where there is no value.
    var texts: [String: String?] {
        [
            "id": "\(id)", "name": name, "count": "\(count)", "price": price.map { "\($0)" }, "note": note,
            "flag": "\(flag)", "small": small.map { "\($0)" },
        ]
    }

    static func random(id: Int, _ generator: inout SeededGenerator) -> FileSale {
        func text() -> String {
            let parts = ["a", "bc", "é", "漢字", " ", ",", "\"", "\n", "\r\n", ";", "long enough for the heap"]
            return (0..<generator.below(6)).map { _ in parts[generator.below(parts.count)] }.joined()
        }
        return FileSale(
            id: Int64(id), name: text(), count: Int32(truncatingIfNeeded: generator.next()),
            price: generator.below(3) == 0 ? nil : Double(generator.below(1_000_000)) / 64,
            note: generator.below(3) == 0 ? nil : text(), flag: generator.below(2) == 0,
            small: generator.below(2) == 0 ? nil : UInt8(generator.below(256)))
    }
}
