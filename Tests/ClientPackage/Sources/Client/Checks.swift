import Foundation

/// What the client has found: a line a check on standard output, and an exit code.
struct Checks {
    private var failures = 0

    /// Runs a check; what it throws is a failure too.
    mutating func run(_ name: String, _ check: () throws -> Outcome) {
        do {
            switch try check() {
            case .holds(let detail): print("ok      \(name)\(detail.isEmpty ? "" : ": \(detail)")")
            case .fails(let detail): fail(name, detail)
            }
        } catch {
            fail(name, "\(error)")
        }
    }

    /// 0 where all checks hold.
    var exitCode: Int32 { failures == 0 ? 0 : 1 }

    private mutating func fail(_ name: String, _ detail: String) {
        failures += 1
        print("FAILED  \(name): \(detail)")
    }
}

/// What became of a check, with a word on it.
enum Outcome {
    case holds(String)
    case fails(String)

    /// Compares, and shows both sides where they differ.
    static func equal<Value: Equatable>(_ found: Value, _ expected: Value) -> Outcome {
        found == expected ? .holds("") : .fails("found \(found), expected \(expected)")
    }
}
