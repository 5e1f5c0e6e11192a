/// Reads `.npy` files as blocks of whole rows. A two-dimensional array in Fortran's order is held in memory whole, since
/// a row of it is spread over the file.
public final class ArrayBlockReader: RecordBlockReader {
    public let pool: BlockPool

    private let files: [InputFile]
    private let type: String
    private let scalarSize: Int
    private let blockSize: Int
    private var nextFile = 0
    private var ordinal = 0
    private var open: OpenArray?

    private struct OpenArray {
        var source: any ByteSource
        var header: ArrayHeader
        var rowsRead = 0
        /// Bytes before the first row.
        var start: Int
        /// The whole array, where its order is Fortran's.
        var columns: [UInt8]?
    }

    public init<Scalar: ArrayScalar>(files: [InputFile], type: Scalar.Type, blockSize: Int = 1 << 20) {
        self.files = files
        self.type = Scalar.arrayType
        scalarSize = MemoryLayout<Scalar>.size
        self.blockSize = blockSize
        pool = BlockPool(blockSize: blockSize)
    }

    public func next() throws(FormatError) -> TextBlock? {
        while true {
            if open == nil {
                guard nextFile < files.count else { return nil }
                open = try start(files[nextFile])
                ordinal = 0
            }
            guard var array = open else { return nil }
            let path = files[nextFile].path
            let width = array.header.columns * scalarSize
            let left = array.header.rows - array.rowsRead
            if left == 0 {
                if array.columns == nil { try expectEnd(array, path, width) }
                open = nil
                nextFile += 1
                continue
            }
            let rows = min(left, max(1, blockSize / max(1, width)))
            let block = pool.take()
            block.reset(position: BlockPosition(file: nextFile, ordinal: ordinal))
            block.reserve(rows * width)
            block.path = path
            block.header = array.header
            block.firstLine = array.rowsRead + 1
            if let columns = array.columns {
                gather(columns, rows: array.rowsRead..<(array.rowsRead + rows), of: array.header, into: block)
            } else {
                let target = UnsafeMutableRawBufferPointer(start: block.base, count: rows * width)
                try fill(target, from: array.source, path, at: array.start + array.rowsRead * width)
            }
            block.count = rows * width
            array.rowsRead += rows
            block.bodyLine = rows
            block.isLastOfFile = array.rowsRead == array.header.rows
            open = array
            ordinal += 1
            return block
        }
    }

    private func start(_ file: InputFile) throws(FormatError) -> OpenArray {
        let source = try file.open()
        let fixed = try bytes(12, from: source, file.path, at: 0, isHead: true)
        let isFirstVersion = fixed[6] == 1
        guard Array(fixed[..<6]) == ArrayHeader.magic, (1...3).contains(fixed[6]) else {
            throw .badHeader(path: file.path, expected: "an array of NumPy", found: "other bytes")
        }
        // Version 1 has two bytes of length, so that two of the dictionary's are read already.
        let short = Int(fixed[8]) | Int(fixed[9]) << 8
        let length = isFirstVersion ? short : short | Int(fixed[10]) << 16 | Int(fixed[11]) << 24
        guard length >= 2, length < 1 << 20 else {
            throw .badHeader(path: file.path, expected: "a head of up to 1 MiB", found: "\(length) bytes")
        }
        let rest = try bytes(isFirstVersion ? length - 2 : length, from: source, file.path, at: 12, isHead: true)
        let dictionary = String(decoding: (isFirstVersion ? Array(fixed[10...]) : []) + rest, as: UTF8.self)
        guard let header = ArrayHeader(dictionary: dictionary), (1...2).contains(header.shape.count) else {
            throw .badHeader(
                path: file.path, expected: "an array of one or two dimensions",
                found: dictionary.utf8.withContiguousStorageIfAvailable { RecordDefect.excerpt($0) } ?? "")
        }
        guard header.type == type else {
            throw .badHeader(path: file.path, expected: "elements of type \(type)", found: header.type)
        }
        guard header.rows.multipliedReportingOverflow(by: max(1, header.columns) * scalarSize).overflow == false else {
            throw .badHeader(path: file.path, expected: "a shape that fits in memory", found: "\(header.shape)")
        }
        var array = OpenArray(source: source, header: header, start: 12 + rest.count)
        if header.isFortranOrder, header.shape.count > 1 {
            let size = header.rows * header.columns * scalarSize
            array.columns = try bytes(size, from: source, file.path, at: array.start, isHead: false)
            try expectEnd(array, file.path, 0)
        }
        return array
    }

    /// Reads in steps, so that a false size in a head takes no more memory than there are bytes.
    private func bytes(
        _ count: Int, from source: any ByteSource, _ path: String, at position: Int, isHead: Bool
    ) throws(FormatError) -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let step = UnsafeMutableRawBufferPointer.allocate(byteCount: min(count - all.count, 1 << 20), alignment: 16)
            defer { step.deallocate() }
            let read = try source.read(into: step)
            if read == 0 {
                if isHead, position == 0 {
                    throw .badHeader(path: path, expected: "an array of NumPy", found: "\(all.count) bytes")
                }
                throw .damaged(path: path, at: position + all.count, expected: "\(count - all.count) more bytes")
            }
            all.append(contentsOf: step[..<read])
        }
        return all
    }

    private func fill(
        _ target: UnsafeMutableRawBufferPointer, from source: any ByteSource, _ path: String, at position: Int
    ) throws(FormatError) {
        var filled = 0
        while filled < target.count {
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
            if read == 0 {
                throw .damaged(path: path, at: position + filled, expected: "\(target.count - filled) more bytes")
            }
            filled += read
        }
    }

    private func expectEnd(_ array: OpenArray, _ path: String, _ width: Int) throws(FormatError) {
        let probe = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { probe.deallocate() }
        guard try array.source.read(into: probe) == 0 else {
            let size = array.header.rows * array.header.columns * scalarSize
            throw .damaged(path: path, at: array.start + size, expected: "the end of the array")
        }
    }

    private func gather(_ columns: [UInt8], rows: Range<Int>, of header: ArrayHeader, into block: TextBlock) {
        columns.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            var target = UnsafeMutableRawPointer(block.base)
            for row in rows {
                for column in 0..<header.columns {
                    let place = (column * header.rows + row) * scalarSize
                    target.copyMemory(from: base + place, byteCount: scalarSize)
                    target += scalarSize
                }
            }
        }
    }
}
