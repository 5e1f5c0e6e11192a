import Glibc

extension RecordInput {
    /// Rows of text take more in memory than in the file: numbers of few digits eight bytes, strings sixteen.
    private static let growth = 2
    /// What text is packed to, about.
    private static let packing = 4

    /// Bytes that the rows will take, at a guess from the files' sizes; nil where there is no telling: standard input,
    /// or files that are not there yet.
    public var estimatedBytes: Int? {
        guard !paths.isEmpty, let files = try? InputFiles.resolve(paths) else { return nil }
        var bytes = 0
        for file in files {
            var status = stat()
            guard !file.isStandardInput, stat(file.path, &status) == 0 else { return nil }
            bytes += Int(status.st_size) * (file.compression == .none ? 1 : RecordInput.packing)
        }
        return bytes * RecordInput.growth
    }

    /// The same input with the paths that it comes from.
    public func from(_ paths: [String]) -> RecordInput {
        var input = self
        input.paths = paths
        return input
    }
}
