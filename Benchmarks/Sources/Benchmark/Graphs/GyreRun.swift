import Foundation

/// A run of `gyre graph`, with its report.
struct GyreRun {
    var usage: Usage
    /// Seconds by `phases.compute` of the report.
    var compute: Double
    /// The written result.
    var result: String

    static func graph(_ arguments: [String], _ settings: Settings) throws -> GyreRun {
        let result = "\(settings.work)/gyre-result.csv"
        let report = "\(settings.work)/gyre-report.json"
        let usage = try ChildProcess.run(
            settings.gyre, ["graph"] + arguments + ["--parallelism", "2", "-o", result, "--report", report],
            output: "\(settings.work)/gyre-output.txt")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: report)))
        let phases = (object as? [String: Any])?["phases"] as? [String: Any]
        guard let compute = phases?["compute"] as? Double else {
            throw ChildProcess.Failure(description: "the report has no phases.compute")
        }
        return GyreRun(usage: usage, compute: compute, result: result)
    }

    /// The result's second column by vertex, nil where the cell is empty; vertices are 0 ..< count.
    func values(count: Int) throws -> [Double?] {
        var values = [Double?](repeating: nil, count: count)
        let text = try Data(contentsOf: URL(fileURLWithPath: result))
        var rows = 0
        try text.withUnsafeBytes { bytes in
            for line in bytes.split(separator: 10).dropFirst() {
                guard let comma = line.firstIndex(of: 44),
                    let vertex = Int(String(decoding: line[..<comma], as: UTF8.self)), vertex < count
                else { throw ChildProcess.Failure(description: "a line of \(result) has no vertex") }
                values[vertex] = Double(String(decoding: line[(comma + 1)...], as: UTF8.self))
                rows += 1
            }
        }
        guard rows == count else { throw ChildProcess.Failure(description: "\(rows) rows, expected \(count)") }
        return values
    }
}
