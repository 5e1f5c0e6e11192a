import Foundation

/// Runs the rows that are named, and says whether each goal was reached.
@main
enum Benchmark {
    static let rows: [any Row] = [
        PageRankRow(precision: .single), PageRankRow(precision: .double), WholeCommandRow(), BreadthFirstSearchRow(),
        ShortestPathsRow(), ComponentsRow(), ChainRow(), KeyedSumRow(), EmptyRoundRow(), SmallJobRow(),
        GroupByRow(keys: .numbers), GroupByRow(keys: .text), JoinRow(), JoinSpillRow(), SortRow(), CSVRow(), GzipRow(),
        SpillRow(), CodecRow(), LinearRegressionRow(), LogisticRegressionRow(), PredictionRow(), KMeansRow(size: .few),
        KMeansRow(size: .many),
        FeatureFileRow(), StartRow(),
        InliningRow(),
    ]

    static func main() {
        var names = Array(CommandLine.arguments.dropFirst())
        if names.first == "--measure" {
            exit((try? ChildProcess.measure(Array(names.dropFirst()))) ?? 71)
        }
        if names.first == "--side" { exit(side(Array(names.dropFirst()))) }
        let isSmoke = names.contains("--smoke")
        names.removeAll { $0 == "--smoke" }
        if isSmoke && names.isEmpty || names == ["all"] { names = rows.map(\.name) }
        guard !names.isEmpty else { return list() }
        let settings = Settings(isSmoke: isSmoke)
        do { try WorkLock.take(settings) } catch {
            complain(error)
            exit(error.exitCode)
        }
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

    /// A row's own side, in a child: what it prints is read by the row.
    private static func side(_ arguments: [String]) -> Int32 {
        guard let row = rows.first(where: { $0.name == arguments.first }) as? any PeerRow else { return 64 }
        do {
            try row.side(Array(arguments.dropFirst()))
            return 0
        } catch {
            complain(error)
            return 1
        }
    }

    private static func complain(_ error: any Error) {
        FileHandle.standardError.write(Data("Benchmark: \(error)\n".utf8))
    }

    private static func list() {
        print("Benchmarks/run ROW… | all | --smoke [ROW…]")
        for row in rows { print("  \(row.name.padding(toLength: 18, withPad: " ", startingAt: 0))\(row.summary)") }
    }
}
