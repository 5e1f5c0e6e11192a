/// How a file of separated values is written: RFC 4180 by default.
///
/// Read: fields may stand in quotes, in which a quote is doubled and delimiters and line feeds are text; lines end with
/// a line feed, with or without a carriage return before it; the last may end with the file. A line with nothing on it
/// is skipped where there is more than one column. A byte-order mark is skipped. Text is UTF-8. Spaces belong to
/// their field.
public struct CSVFormat: Hashable, Sendable {
    /// Between two fields; one ASCII character.
    public let delimiter: Character
    /// Around a field that could be misread otherwise; one ASCII character.
    public let quote: Character
    /// Whether the first record of each file names the columns.
    public let hasHeader: Bool
    /// The columns' names by position, where no header says them. Nil: the record's fields in their order.
    public let columns: [String]?
    /// What stands, without quotes, for no value in the field of an optional.
    public let nullText: String
    /// Whether `nan` and `inf` are numbers. They are refused by default.
    public let allowsNonFinite: Bool
    /// Bytes that one record may take at most: a quote that is never closed is found here at the latest.
    public let longestRecord: Int

    /// Describes a format.
    ///
    /// - Precondition: delimiter and quote are two different ASCII characters and no line ends; names are given only
    ///   where there is no header.
    public init(
        delimiter: Character = ",", quote: Character = "\"", hasHeader: Bool = true, columns: [String]? = nil,
        nullText: String = "", allowsNonFinite: Bool = false, longestRecord: Int = 64 << 20
    ) {
        precondition(
            delimiter.asciiValue != nil && quote.asciiValue != nil && delimiter != quote && !delimiter.isNewline
                && !quote.isNewline,
            "delimiter \(delimiter) and quote \(quote): expected two different ASCII characters, no line ends")
        precondition(columns == nil || !hasHeader, "columns are named by the header")
        precondition(longestRecord > 0, "longest record is \(longestRecord) bytes, expected at least 1")
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.columns = columns
        self.nullText = nullText
        self.allowsNonFinite = allowsNonFinite
        self.longestRecord = longestRecord
    }

    /// Comma separated, quoted, with a header.
    public static var rfc4180: CSVFormat { CSVFormat() }

    /// Separated by tabs, with a header. Quotes as in CSV.
    public static var tabSeparated: CSVFormat { CSVFormat(delimiter: "\t") }

    var quoting: RecordQuoting {
        RecordQuoting(delimiter: delimiter.asciiValue ?? 0x2C, quote: quote.asciiValue ?? 0x22)
    }
}
