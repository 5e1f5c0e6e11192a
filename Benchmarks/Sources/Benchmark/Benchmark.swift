import Foundation

/// Runs the rows that are named, and says whether each goal was reached.
@main
enum Benchmark {
    static let rows: [any Row] = [
        PageRankRow(precision: .single), PageRankRow(precision: .double), WholeCommandRow(), BreadthFirstSearchRow(),
        ShortestPathsRow(), ComponentsRow(), ChainRow(), KeyedSumRow(), EmptyRoundRow(), StartRow(),
        InliningRow(),
    ]

    static func main() {
        var names = Array(CommandLine.arguments.dropFirst())
        if names.first == "--measure" {
            exit((try? ChildProcess.measure(Array(names.dropFirst()))) ?? 71)
        }
        let isSmoke = names.contains("--smoke")
        names.removeAll { $0 == "--smoke" }
        if isSmoke || names == ["all"] { names = rows.map(\.name) }
        guard !names.isEmpty else { return list() }
        let settings = Settings(isSmoke: isSmoke)
        var hasFailed = false
        for name in names {
            guard let row = rows.first(where: { $0.name == name }) else {
                print("no row \"\(name)\"")
                list()
                exit(64)
            }
            do {
                print("== \(name): \(row.summary)  (load \(Load.average))")
                fflush(nil)
                for figure in try row.run(settings) { print(figure.line(judged: !isSmoke)) }
                fflush(nil)
            } catch {
                print("\(name) failed: \(error)")
                hasFailed = true
            }
        }
        exit(hasFailed ? 1 : 0)
    }

    private static func list() {
        print("Benchmarks/run ROW… | all | --smoke")
        for row in rows { print("  \(row.name.padding(toLength: 18, withPad: " ", startingAt: 0))\(row.summary)") }
    }
}
