import Foundation

/// Checks a report against Docs/Report.schema.json: the part of JSON Schema that the file uses.
struct ReportSchema {
    private let root: [String: Any]

    init() throws {
        let data = Data(try RepositoryFile.text("Docs/Report.schema.json").utf8)
        root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// What is wrong with a report; empty if nothing is.
    func violations(in report: Any) -> [String] {
        violations(in: report, against: root, at: "report")
    }

    private func violations(in value: Any, against schema: [String: Any], at place: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            let definitions = root["$defs"] as? [String: [String: Any]] ?? [:]
            return violations(in: value, against: definitions[name] ?? [:], at: place)
        }
        let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { isType($0, value) }) { return ["\(place) is no \(types)"] }
        var found: [String] = []
        if let least = schema["minimum"] as? Double, let number = value as? Double, number < least {
            found.append("\(place) is less than \(least)")
        }
        if let text = value as? String, text.count < schema["minLength"] as? Int ?? 0 {
            found.append("\(place) is empty")
        }
        if let object = value as? [String: Any] { found += members(of: object, against: schema, at: place) }
        if let array = value as? [Any], let items = schema["items"] as? [String: Any] {
            for (index, item) in array.enumerated() {
                found += violations(in: item, against: items, at: "\(place)[\(index)]")
            }
        }
        return found
    }

    private func members(of object: [String: Any], against schema: [String: Any], at place: String) -> [String] {
        let known = schema["properties"] as? [String: [String: Any]] ?? [:]
        var found = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map { "\(place) lacks \($0)" }
        for (name, value) in object {
            if let member = known[name] ?? schema["additionalProperties"] as? [String: Any] {
                found += violations(in: value, against: member, at: "\(place).\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                found.append("\(place).\(name) is not known")
            }
        }
        return found
    }

    private func isType(_ name: String, _ value: Any) -> Bool {
        switch name {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": value is Bool
        case "null": value is NSNull
        case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false
        default: value is Double
        }
    }
}
