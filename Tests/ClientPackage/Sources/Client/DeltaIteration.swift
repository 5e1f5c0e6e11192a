import Gyre

/// The second example of the README: distances by a delta iteration.
enum DeltaIteration {
    struct Distance: Codable, Sendable, Equatable {
        var place: String
        var length: Int
    }

    struct Road: Codable, Sendable {
        var from: String
        var to: String
        var length: Int
    }

    static let network = [
        Road(from: "Bern", to: "Thun", length: 31), Road(from: "Thun", to: "Spiez", length: 10),
        Road(from: "Bern", to: "Spiez", length: 45), Road(from: "Chur", to: "Bern", length: 240),
    ]

    static func run() throws -> (distances: [Distance], rounds: Int) {
        let job = Job("distances")
        let roads = job.elements(network).keyBy(name: "from") { $0.from }
        let start = job.elements([Distance(place: "Bern", length: 0)])
        let distances = start.keyBy(name: "place") { $0.place }
            .iterate(workset: start, maximum: 100, name: "relax") { known, changed in
                let offers = changed.keyBy(name: "place") { $0.place }
                    .join(roads) { Distance(place: $1.to, length: $0.length + $1.length) }
                let shorter = offers.keyBy(name: "place") { $0.place }
                    .reduce { $0.length < $1.length ? $0 : $1 }
                    .keyBy(name: "place") { $0.place }
                    .lookUp(in: known) { offer, old in
                        old.map { $0.length <= offer.length } == true ? nil : offer
                    }
                return (delta: shorter, workset: shorter)
            }
            .collect()
        let result = try job.run()
        print("\(distances.elements.count) places in \(result.loops["relax"]?.rounds.count ?? 0) rounds")
        return (distances.elements, result.loops["relax"]?.rounds.count ?? 0)
    }

    static func check() throws -> Outcome {
        let (distances, rounds) = try run()
        let found = distances.map { "\($0.place) \($0.length)" }.sorted()
        // Round 1 offers 31 and 45, round 2 lowers 45 to 41, round 3 finds nothing.
        return .equal(found + ["\(rounds)"], ["Bern 0", "Spiez 41", "Thun 31", "3"])
    }
}
