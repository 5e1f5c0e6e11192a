import Gyre

/// The first example of the README; a test of the house compares the two texts.
enum WordCount {
    static func run() throws -> [String: Int] {
        let job = Job("word count")
        let counts = job.elements(["a rose is a rose", "is a rose"])
            .flatMap { $0.split(separator: " ").map { String($0) } }
            .keyBy(name: "word") { $0 }
            .count()
            .collect()
        try job.run()
        for count in counts.elements { print(count.key, count.value) }
        return Dictionary(uniqueKeysWithValues: counts.elements.map { ($0.key, $0.value) })
    }

    static func check() throws -> Outcome { .equal(try run(), ["a": 3, "rose": 3, "is": 2]) }
}
