import Foundation
import Gyre

/// Whether users' closures are part of the operators' loops, for every operator on rows: a kernel that captures one thing
/// too many gives the same results at a tenth of the speed.
///
/// Read off this program's symbols. A folded closure leaves a kernel that was made for it alone ("Constant Propagated
/// Function: closure #1 in mapping") and no function of its own.
struct InliningRow: Row {
    let name = "inlining"
    let summary = "users' closures are folded into the operators' loops"

    func run(_ settings: Settings) throws -> [Figure] {
        let job = Job("inlining")
        let rows = job.generate(count: 100) { Record(number: $0) }
        for operation in InlinedOperators.all { operation.build(rows) }
        let names = try SymbolTable.names().filter { $0.contains("InlinedOperators") }
        let failures = InlinedOperators.all.flatMap { self.failures($0, among: names) }
        guard failures.isEmpty else { throw ChildProcess.Failure(description: failures.joined(separator: "; ")) }
        let closures = InlinedOperators.all.reduce(0) { $0 + max(1, $1.closures.count) }
        print("   \(InlinedOperators.all.count) operators, \(closures) closures: all folded")
        return []
    }

    private func failures(_ operation: InlinedOperators.Case, among names: [String]) -> [String] {
        let place = "in static Benchmark.InlinedOperators.\(operation.name)("
        if operation.closures.isEmpty {
            let function = "Benchmark.InlinedOperators.Counting"
            let isCalled = names.contains { base(of: $0).hasPrefix("\(function).process(") }
            let isMade = names.contains { $0.contains("specialization <") && base(of: $0).contains("in Gyre.") }
            return isCalled || !isMade ? ["\(operation.name): process is called for each row"] : []
        }
        return operation.closures.compactMap { number in
            let closure = "closure #\(number) "
            let isFolded = names.contains {
                $0.components(separatedBy: "Constant Propagated Function : ").dropFirst().contains {
                    $0.hasPrefix(closure) && $0.contains(place)
                }
            }
            let isCalled = names.contains {
                let base = base(of: $0)
                return base.contains(closure) && base.contains(place) && !base.contains("in Gyre.")
            }
            guard isCalled || !isFolded else { return nil }
            return
                "\(operation.name): closure \(number) is \(isCalled ? "called for each row" : "in no loop of its own")"
        }
    }

    /// What a specialisation is one of.
    private func base(of name: String) -> String {
        name.components(separatedBy: "> of ").last ?? name
    }
}
