import GyreFormats

/// Edges as a caller of the parsers gets them: integers first, text from the start where that fails.
struct LoadedEdges: Equatable {
    struct Edge: Equatable {
        var source: String
        var target: String
        var weight: Double

        init(_ source: String, _ target: String, _ weight: Double = 1) {
            self.source = source
            self.target = target
            self.weight = weight
        }
    }

    var edges: [Edge] = []
    var isInteger = true
    var rejected: [BadRecord] = []
    var lines = 0

    /// - Parameter isSkipping: go on behind bad records and list them; else throw the first.
    static func load(
        _ names: [String], format: EdgeListFormat = .auto, blockSize: Int = TextBlockReader.defaultBlockSize,
        rule: WeightRule = .nonNegative, isSkipping: Bool = false
    ) throws -> LoadedEdges {
        let files = try InputFiles.resolve(names, rereadable: true)
        for isInteger in [true, false] {
            if let loaded = try pass(files, format, blockSize, rule, isSkipping, isInteger: isInteger) {
                return loaded
            }
        }
        fatalError("text identifiers take everything")
    }

    private static func pass(
        _ files: [InputFile], _ format: EdgeListFormat, _ blockSize: Int, _ rule: WeightRule, _ isSkipping: Bool,
        isInteger: Bool
    ) throws -> LoadedEdges? {
        let reader = EdgeListReader(files: files, format: format, blockSize: blockSize)
        let ledger = LineLedger()
        let tally = MatrixMarketTally()
        var headers: [Int: MatrixMarketHeader] = [:]
        var loaded = LoadedEdges(isInteger: isInteger)
        while let block = try reader.next() {
            tally.record(block)
            if case .matrixMarket(let header) = block.dialect { headers[block.text.position.file] = header }
            var rejections: [Rejection] = []
            let outcome = loaded.append(block, rule) { rejection in
                rejections.append(rejection)
                return isSkipping ? .skip : .stop
            }
            for rejection in rejections {
                let line = ledger.line(rejection.position, localLine: rejection.line)!
                let file = files[rejection.position.file].path
                loaded.rejected.append(BadRecord(file: file, line: line, defect: rejection.defect))
                if !isSkipping { throw FormatError.badRecord(loaded.rejected[0]) }
            }
            switch outcome {
            case .notInteger: return nil
            case .stopped: fatalError("rejections were thrown above")
            case .done(let lines):
                ledger.record(block.text.position, lines: lines, isLastOfFile: block.text.isLastOfFile)
                loaded.lines += lines
            }
            reader.pool.recycle(block.text)
        }
        for (file, header) in headers { try tally.check(header, of: file, named: files[file].path) }
        return loaded
    }

    private mutating func append(
        _ block: EdgeBlock, _ rule: WeightRule, onReject: (Rejection) -> RejectionVerdict
    ) -> ParseOutcome {
        if isInteger {
            let columns = EdgeColumns(hasWeights: true)
            let parser = IntegerEdgeParser(dialect: block.dialect, weightRule: rule)
            let outcome = parser.parse(block.text, into: columns, onReject: onReject)
            for row in 0..<columns.count {
                edges.append(Edge("\(columns.sources[row])", "\(columns.targets[row])", columns.weights![row]))
            }
            return outcome
        }
        var columns = TextEdgeColumns(hasWeights: true)
        let parser = TextEdgeParser(dialect: block.dialect, weightRule: rule)
        let outcome = parser.parse(block.text, into: &columns, onReject: onReject)
        for row in 0..<columns.count {
            let source = String(decoding: block.text.bytes(columns.sources[row]), as: UTF8.self)
            let target = String(decoding: block.text.bytes(columns.targets[row]), as: UTF8.self)
            edges.append(Edge(source, target, columns.weights[row]))
        }
        return outcome
    }
}
