import ArgumentParser

struct GenerateGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make data: the same bytes for the same seed, at any parallelism.",
        discussion: """
            Examples:
              gyre generate rmat --scale 20 --weights --seed 1 -o edges.txt --vertices-output vertices.v
              gyre generate grid --rows 1000 --columns 1000 -o grid.csv
              gyre generate blobs --rows 100000 --columns 8 --centers 5 -o blobs.csv
            """,
        subcommands: [
            RandomMatrixCommand.self, GridCommand.self, BlobsCommand.self, ClassificationCommand.self,
            RegressionCommand.self,
        ])

    func run() throws {
        throw ValidationError("expected a kind, one of: rmat, grid, blobs, classification, regression")
    }
}
