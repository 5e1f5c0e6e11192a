import ArgumentParser

/// The model's folder.
struct ModelOption: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The model's folder.", valueName: "dir"))
    var model: String
}

/// Where a picture goes.
struct PlotOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Draw a picture, a file that ends in .svg. (default: none)", valueName: "file"))
    var plot: String?

    func validate() throws {
        if let plot, !plot.lowercased().hasSuffix(".svg"), !plot.hasPrefix("/dev/") {
            throw ValidationError("--plot: expected a name that ends in .svg")
        }
    }

    var claim: OutputClaims.Claim? { plot.map { OutputClaims.Claim(option: "--plot", path: $0) } }
}
