import GyreCharts

/// The picture of a training: its loss by round.
enum FitPlot {
    static func svg(rounds: [Report.Round], figure: String, name: String) -> String {
        Chart.convergence(lossName: name, losses: rounds.map { $0.aggregators[figure, default: nil] ?? .nan }).svg()
    }
}
