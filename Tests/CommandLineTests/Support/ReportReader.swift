import Foundation
import Testing

extension WorkFolder {
    /// A report that keeps the schema.
    func report(_ name: String = "report.json") throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(try read(name).utf8))
        #expect(try ReportSchema().violations(in: object) == [])
        return try #require(object as? [String: Any])
    }
}
