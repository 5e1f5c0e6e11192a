/// Runs of ours and of the peers in turn, and the figures made of them.
struct Contest {
    var ours: [GyreRun] = []
    /// A turn's fastest peer, where there is one.
    var peers: [GAPKernel] = []

    /// - Parameter peers: names and arguments of kernels of which the fastest of a turn counts.
    init(ours: [String], peers: [(kernel: String, arguments: [String])], _ settings: Settings) throws {
        let turns = try OthersMeter.undisturbed(settings.runs) {
            let run = try GyreRun.graph(ours, settings)
            guard let folder = settings.gap else { return ((run, GAPKernel?.none), run.usage.others) }
            let turn = try peers.map { try GAPKernel.run($0.kernel, $0.arguments, in: folder, settings) }
            let others = ([run.usage] + turn.map(\.usage)).map(\.others).max() ?? 0
            return ((run, turn.min { $0.compute < $1.compute }), others)
        }
        self.ours = turns.map(\.0)
        self.peers = turns.compactMap(\.1)
        describe()
    }

    /// Median of the ratios of a turn.
    func ratio(_ measure: (Usage, Double) -> Double) -> Double {
        zip(ours, peers).map { measure($0.usage, $0.compute) / measure($1.usage, $1.compute) }.median
    }

    /// Ours ÷ peer by compute.
    func computeRatio(_ name: String, goal: Double) -> [Figure] {
        if peers.isEmpty { return [Figure(name: "\(name), compute", value: ours.map(\.compute).median, unit: "s")] }
        return [Figure(name: "\(name), compute, Gyre ÷ GAP", value: ratio { $1 }, unit: "×", goal: goal)]
    }

    private func describe() {
        describe("gyre", ours.map(\.compute), ours.map(\.usage))
        if peers.isEmpty {
            print("   no peer: set GAPBS_DIR to the folder with GAP's kernels")
        } else {
            describe("GAP ", peers.map(\.compute), peers.map(\.usage))
        }
    }

    private func describe(_ side: String, _ compute: [Double], _ usages: [Usage]) {
        print(
            "   \(side) compute \(compute.spread) s, wall \(usages.map(\.wallSeconds).spread) s, "
                + "CPU \(usages.map(\.processorSeconds).spread) s, "
                + "peak \((usages.map { Double($0.peakBytes) }.median / 1_048_576).short) MiB")
    }
}
