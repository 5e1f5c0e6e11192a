public import Gyre

/// How often each word stands in text files: words are what stands between spaces, in lower case.
public struct WordCount {
    /// A word and how often it was seen.
    public typealias Count = KeyedValue<String, Int>

    public let job = Job("word count")
    /// Readable once the job has run.
    public let counts: Collected<Count>

    /// - Parameter files: paths, folders and patterns.
    public init(_ files: [String]) {
        counts = job.textLines(files)
            .flatMap { line in line.lowercased().split(whereSeparator: \.isWhitespace).map { String($0) } }
            .keyBy(name: "word") { $0 }
            .count()
            .collect()
    }
}
