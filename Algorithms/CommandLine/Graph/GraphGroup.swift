import ArgumentParser

struct GraphGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Compute something of every vertex of a graph.",
        discussion: """
            Input: a line an edge, "source target [weight]", separated by spaces, tabs or commas; lines that begin with \
            # or % are comments. Identifiers are integers or any text. Output: a row a vertex, in their order.

            Examples:
              gyre graph pagerank edges.txt --tolerance 1e-9 -o ranks.csv
              gyre graph connected-components 'parts/*.csv.gz' -o components.tsv
              zcat edges.gz | gyre graph sssp - --source a -o distances.jsonl
            """,
        subcommands: [
            PageRankCommand.self, ConnectedComponentsCommand.self, BreadthFirstSearchCommand.self,
            ShortestPathsCommand.self,
        ])

    func run() throws {
        throw ValidationError("expected an algorithm, one of: pagerank, connected-components, bfs, sssp")
    }
}
