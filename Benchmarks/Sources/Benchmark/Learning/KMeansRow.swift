import Gyre
import GyreLearning
import GyreLearningAlgorithms

/// K-means over rows in memory from the same centres, without a tolerance, against scikit-learn.
struct KMeansRow: PeerRow {
    enum Size {
        /// 20 clusters, 20 rounds.
        case few
        /// 1,000 clusters, until no row changes its cluster.
        case many
    }

    let size: Size

    var name: String { size == .few ? "kmeans" : "kmeans-1000" }
    var summary: String {
        size == .few
            ? "k-means of 20 features, k = 20, 20 rounds, against scikit-learn"
            : "k-means of 20 features, k = 1000, to its end, against scikit-learn"
    }

    private static let columns = 20

    private struct Parameters {
        var rows: Int
        var k: Int
        var rounds: Int
    }

    private func parameters(_ settings: Settings) -> Parameters {
        switch size {
        case .few: Parameters(rows: settings.learningRows, k: 20, rounds: 20)
        case .many: Parameters(rows: settings.learningRows / 5, k: settings.isSmoke ? 50 : 1000, rounds: 1000)
        }
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let parameters = parameters(settings)
        let side = ["\(parameters.rows)", "\(parameters.k)", "\(parameters.rounds)"]
        let title = "\(parameters.rows) × \(Self.columns), k = \(parameters.k)"
        // Elkan's algorithm is the peer's faster one for some data with many clusters.
        var figures = try (size == .few ? ["lloyd"] : ["lloyd", "elkan"]).map { algorithm in
            try PeerContest(
                self, side + ["2"],
                peer: ("scikit-learn, \(algorithm)", "kmeans.py", side + [algorithm]), tolerance: 1e-6, settings
            ).figure(title, goal: size == .few ? 0.8 : 0.7)
        }
        let walls = try ["1", "2"].map { workers in
            try OthersMeter.undisturbed(settings.runs) {
                let run = try PeerContest.alone(self, side + [workers], settings)
                return (run.wall, run.usage.others)
            }.median
        }
        figures.append(
            Figure(name: "1 → 2 threads", value: walls[0] / walls[1], unit: "×", goal: 1.7, isFloor: true))
        return figures
    }

    func side(_ arguments: [String]) throws {
        let numbers = arguments.compactMap { Int($0) }
        guard numbers.count == 4 else { throw ChildProcess.Failure(description: "kmeans ROWS K ROUNDS WORKERS") }
        let (rows, k, rounds, workers) = (numbers[0], numbers[1], numbers[2], numbers[3])
        let features = Self.draw(rows: rows, centres: k)
        let table = FeatureTable(rows: features, columnCount: Self.columns)
        let centres = (0..<k).map { Array(features[$0 * Self.columns..<($0 + 1) * Self.columns]) }
        let model = try Side.measure {
            try KMeans(k: k, start: .centres(centres), iterations: rounds, tolerance: 0).fit(
                table, configuration: JobConfiguration(parallelism: workers))
        }
        guard let training = model.training else { throw ChildProcess.Failure(description: "no inertia") }
        let inertia = Self.inertia(features, model.centroids)
        guard abs(training.inertia - inertia) <= 1e-9 * inertia else {
            throw ChildProcess.Failure(description: "inertia \(training.inertia), by a plain loop \(inertia)")
        }
        Side.number("inertia", training.inertia)
        Side.value("rounds", training.rounds)
    }

    /// Each row compared with each centre.
    private static func inertia(_ features: [Double], _ centroids: DenseRows) -> Double {
        let count = centroids.rowCount
        return centroids.withUnsafeRows { centroids in
            features.withUnsafeBufferPointer { features in
                var inertia = 0.0
                for row in stride(from: 0, to: features.count, by: columns) {
                    var least = Double.infinity
                    for centre in 0..<count {
                        var square = 0.0
                        for column in 0..<columns {
                            let difference = features[row + column] - centroids[centre * columns + column]
                            square += difference * difference
                        }
                        least = min(least, square)
                    }
                    inertia += least
                }
                return inertia
            }
        }
    }

    /// Rows around as many centres as there are clusters, the same bits in `Peers/kmeans.py`: three times a normal number
    /// for a coordinate of a centre, one for a row's distance from it.
    private static func draw(rows: Int, centres: Int) -> [Double] {
        let places = (0..<centres * columns).map { 3 * normal(31, $0) }
        return [Double](unsafeUninitializedCapacity: rows * columns) { target, count in
            for row in 0..<rows {
                let centre = Int(CounterRandom.number(30, row, below: centres))
                for column in 0..<columns {
                    let place = row * columns + column
                    target.initializeElement(at: place, to: places[centre * columns + column] + normal(32, place))
                }
            }
            count = rows * columns
        }
    }

    /// Roughly normal: the sum of the four parts of a random number of 63 bits, less its mean, by its deviation.
    @inline(__always)
    private static func normal(_ stream: UInt64, _ place: Int) -> Double {
        let bits = UInt64(bitPattern: CounterRandom.number(stream, place, below: .max))
        let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48)
        return (Double(sum) - 114_686) / 34106
    }
}
