import ArgumentParser
import Foundation
import Gyre

@main
struct Gyre: ParsableCommand {
    static let version = GyreVersion.current

    static let configuration = CommandConfiguration(
        commandName: "gyre",
        abstract: "Graphs and learning on a dataflow kernel with native iterations.",
        discussion: """
            Examples:
              gyre generate rmat --scale 16 --seed 1 -o edges.txt
              gyre graph pagerank edges.txt -o ranks.csv
              gyre graph bfs edges.txt --source 1 --undirected
              gyre learn fit kmeans points.csv -k 8 --model clusters
              gyre learn predict new.csv --model clusters -o predictions.csv

            Exit codes: 64 usage, 65 bad data, 66 no input, 69 not possible here, 70 a bug of ours, 73 cannot create \
            the output, 74 input or output failed, 130 and 143 interrupted, 141 broken pipe.
            """,
        version: "gyre \(version)",
        subcommands: [GraphGroup.self, LearnGroup.self, GenerateGroup.self])

    /// In place of ArgumentParser's own `main`, which has other exit codes and more than one line for an error.
    static func main() {
        Foundation.exit(Invocation.run(Array(CommandLine.arguments.dropFirst())))
    }

    func run() throws {
        throw ValidationError("expected a command, one of: graph, learn, generate")
    }
}
