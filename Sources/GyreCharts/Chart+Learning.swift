/// The charts of what is learned.
extension Chart {
    /// A loss by round, from round 1 on.
    ///
    /// Logarithmic where every loss is positive and the largest at least ten times the smallest: below that, a
    /// logarithmic axis shows no more than a linear one and is harder to read.
    public static func convergence(title: String = "Convergence", lossName: String = "loss", losses: [Double]) -> Chart
    {
        let finite = losses.filter { $0.isFinite }
        let least = finite.min() ?? 0
        let isWide = least > 0 && (finite.max() ?? 0) / least >= 10
        return Chart(
            title: title, xTitle: "round", yTitle: lossName, yScale: isWide ? .log10 : .linear,
            series: [
                ChartSeries(
                    name: lossName, mark: .line,
                    points: losses.enumerated().map { ChartPoint(Double($0 + 1), $1) })
            ], isXCounted: true)
    }

    /// The receiver operating characteristic: the share of positives that is found, by the share of negatives taken for
    /// positives, for every threshold.
    ///
    /// - Parameter area: the area under the curve, which the title has.
    public static func receiverOperatingCharacteristic(
        title: String = "ROC curve", curve: [ChartPoint], area: Double
    ) -> Chart {
        Chart(
            title: area.isFinite ? "\(title), AUC \(ChartNumber.fixed(area, decimals: 4))" : title,
            xTitle: "false positive rate", yTitle: "true positive rate",
            series: [ChartSeries(name: "model", mark: .line, points: curve)],
            references: [ChartReference(.diagonal, name: "chance")], xCoverage: 0...1, yCoverage: 0...1,
            isSquare: true)
    }

    /// What is left of each label when the prediction is taken off, by the prediction.
    ///
    /// - Parameter points: x is the prediction, y the residual.
    public static func residuals(title: String = "Residuals", points: [ChartPoint]) -> Chart {
        Chart(
            title: title, xTitle: "prediction", yTitle: "residual",
            series: [ChartSeries(mark: .points, points: points)],
            references: [ChartReference(.horizontal(0))])
    }

    /// Points of clusters in two coordinates, such as the first two principal components, with the clusters' centres.
    ///
    /// - Parameters:
    ///   - clusters: the points of cluster 0, of cluster 1, …
    ///   - centers: one a cluster.
    public static func clusters(
        title: String = "Clusters", xTitle: String = "first principal component",
        yTitle: String = "second principal component", clusters: [[ChartPoint]], centers: [ChartPoint]
    ) -> Chart {
        let points = clusters.enumerated().map { number, points in
            ChartSeries(name: "cluster \(number)", mark: .points, points: points, category: number)
        }
        let marks = centers.enumerated().map { number, center in
            ChartSeries(mark: .centers, points: [center], category: number)
        }
        return Chart(title: title, xTitle: xTitle, yTitle: yTitle, series: points + marks)
    }
}
