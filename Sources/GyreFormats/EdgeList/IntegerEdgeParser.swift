/// Reads blocks of an edge list whose identifiers are all Int64.
///
/// Plain lines go through a scanner over raw bytes; every other line is read the careful way, so both give the same
/// edges. A value without state: any number of threads may use it, each with its own block and columns.
public struct IntegerEdgeParser: Sendable {
    public let dialect: EdgeDialect
    public let weightRule: WeightRule

    public init(dialect: EdgeDialect = .delimited, weightRule: WeightRule = .finite) {
        self.dialect = dialect
        self.weightRule = weightRule
    }

    /// Appends the block's edges to `columns`. Allocates nothing per line, except to describe a rejected one.
    ///
    /// A line that is sound but whose identifiers are no Int64 ends the parse with `.notInteger`; a line that is
    /// unsound goes to `onReject`, whose answer says whether to go on.
    public func parse(
        _ block: TextBlock, into columns: EdgeColumns, onReject: (Rejection) -> RejectionVerdict
    ) -> ParseOutcome {
        let end = UnsafePointer(block.base + block.count)
        var scan = IntegerEdgeScan(text: UnsafePointer(block.base + block.bodyOffset), end: end, dialect: dialect)
        scan.lines = block.bodyLine
        // The shortest edge takes four bytes, its line feed included; a symmetric entry gives two edges.
        columns.reserve(additional: isSymmetric ? (end - scan.text) / 2 + 2 : (end - scan.text) / 4 + 1)
        var isScanning = true
        while true {
            if isScanning {
                let before = scan
                let rows = columns.count
                scan.plainLines(into: columns)
                if case .matrixMarket(let header) = dialect, !columns.adopt(from: rows, as: header) {
                    // The careful way finds the line.
                    columns.count = rows
                    scan = before
                    isScanning = false
                }
            }
            if scan.text >= end { return .done(lines: scan.lines) }
            let line = TextLine.at(scan.text, end: end)
            scan.text += line.count + 1
            scan.lines += 1
            do throws(RecordDefect) {
                if try !append(line, to: columns) { return .notInteger(line: scan.lines) }
            } catch {
                let rejection = Rejection(position: block.position, line: scan.lines, defect: error)
                if onReject(rejection) == .stop { return .stopped(line: scan.lines) }
            }
        }
    }

    private var isSymmetric: Bool {
        if case .matrixMarket(let header) = dialect { header.isSymmetric } else { false }
    }

    /// False when the identifiers are no integers.
    @inline(never)
    private func append(_ whole: UnsafeBufferPointer<UInt8>, to columns: EdgeColumns) throws(RecordDefect) -> Bool {
        guard let record = try EdgeRecord(whole, dialect: dialect, rule: weightRule) else { return true }
        guard !record.source.isEscaped, !record.target.isEscaped,
            let source = DigitScan.integer(EdgeRecord.bytes(whole, record.source)),
            let target = DigitScan.integer(EdgeRecord.bytes(whole, record.target))
        else { return false }
        add(source, target, record.weight, to: columns)
        if isSymmetric, source != target { add(target, source, record.weight, to: columns) }
        return true
    }

    private func add(_ source: Int64, _ target: Int64, _ weight: Double, to columns: EdgeColumns) {
        columns.sources[columns.count] = source
        columns.targets[columns.count] = target
        columns.weights?[columns.count] = weight
        columns.count += 1
    }
}
