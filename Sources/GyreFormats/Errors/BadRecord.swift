/// A record that was refused, with its place in the input.
public struct BadRecord: Error, Hashable, Codable, Sendable {
    /// The file as the user named it; `-` for standard input.
    public var file: String
    /// The line in the file, from 1; 0 where the defect belongs to the file as a whole.
    public var line: Int
    public var defect: RecordDefect

    public init(file: String, line: Int, defect: RecordDefect) {
        self.file = file
        self.line = line
        self.defect = defect
    }
}
