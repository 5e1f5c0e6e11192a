import GyreColumns

/// Reads files of records in our own binary form, a block of the file as a block.
public final class RecordFileReader: RecordBlockReader {
    /// The most bytes that a block may say it has.
    static let longestBlock = 1 << 30

    public let pool = BlockPool(blockSize: 1 << 18)

    private let files: [InputFile]
    private let expected: RecordFileHeader
    private var nextFile = 0
    private var ordinal = 0
    private var open: OpenFile?

    private struct OpenFile {
        var source: any ByteSource
        var rowsLeft: UInt64
        var position: Int
    }

    public init<Row>(files: [InputFile], type: Row.Type) {
        self.files = files
        expected = RecordFileHeader(of: type, rows: 0)
    }

    public func next() throws(FormatError) -> TextBlock? {
        while true {
            if open == nil {
                guard nextFile < files.count else { return nil }
                open = try start(files[nextFile])
                ordinal = 0
            }
            guard var file = open else { return nil }
            let path = files[nextFile].path
            let head = try read(RecordFileHeader.blockHeadLength, from: file, path, mayBeAtEnd: true)
            if head.isEmpty {
                guard file.rowsLeft == 0 else {
                    throw .damaged(path: path, at: file.position, expected: "\(file.rowsLeft) more records")
                }
                open = nil
                nextFile += 1
                continue
            }
            let (rows, count, sum) = (word(head, 0), word(head, 4), word(head, 8))
            guard rows <= file.rowsLeft, rows > 0, count <= Self.longestBlock else {
                throw .damaged(path: path, at: file.position, expected: "the head of a block")
            }
            let block = pool.take()
            block.reset(position: BlockPosition(file: nextFile, ordinal: ordinal))
            block.path = path
            file.position += head.count
            try fill(block, Int(count), from: file, path)
            let bytes = UnsafeRawBufferPointer(start: block.base, count: block.count)
            guard Checksum.of(bytes) == sum else {
                throw .damaged(path: path, at: file.position, expected: "bytes that match their checksum")
            }
            block.bodyLine = Int(rows)
            block.bodyOffset = file.position
            file.position += Int(count)
            file.rowsLeft -= UInt64(rows)
            open = file
            ordinal += 1
            return block
        }
    }

    private func start(_ input: InputFile) throws(FormatError) -> OpenFile {
        let source = try input.open()
        var file = OpenFile(source: source, rowsLeft: 0, position: 0)
        let path = input.path
        let fixed = try read(12, from: file, path, mayBeAtEnd: true)
        guard fixed.count == 12, Array(fixed[..<7]) == Array(RecordFileHeader.magic[..<7]) else {
            throw .badHeader(path: path, expected: "records of Gyre", found: "other bytes")
        }
        guard fixed[7] == RecordFileHeader.magic[7] else {
            throw .badHeader(path: path, expected: "version \(RecordFileHeader.magic[7])", found: "\(fixed[7])")
        }
        let length = Int(word(fixed, 8))
        guard length >= 4, length <= RecordFileHeader.limit else {
            throw .damaged(path: path, at: 8, expected: "the length of a head")
        }
        file.position = 12
        let rest = try read(length, from: file, path, mayBeAtEnd: false)
        let header = try RecordFileHeader(whole: fixed + rest, path: path)
        try header.check(against: expected, path: path)
        file.position += length
        file.rowsLeft = header.rows
        return file
    }

    private func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// `count` bytes; none at the end of the file, where that is allowed.
    private func read(
        _ count: Int, from file: OpenFile, _ path: String, mayBeAtEnd: Bool
    ) throws(FormatError) -> [UInt8] {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { room.deallocate() }
        var filled = 0
        while filled < count {
            let read = try file.source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
            if read == 0 {
                if mayBeAtEnd, filled == 0 { return [] }
                throw .damaged(path: path, at: file.position + filled, expected: "\(count - filled) more bytes")
            }
            filled += read
        }
        return Array(room)
    }

    /// In steps, so that a false count takes no more memory than there are bytes.
    private func fill(_ block: TextBlock, _ count: Int, from file: OpenFile, _ path: String) throws(FormatError) {
        while block.count < count {
            let step = min(count, max(2 * block.count, 1 << 20))
            block.reserve(step)
            let room = UnsafeMutableRawBufferPointer(start: block.base + block.count, count: step - block.count)
            let read = try file.source.read(into: room)
            if read == 0 {
                throw .damaged(
                    path: path, at: file.position + block.count, expected: "\(count - block.count) more bytes")
            }
            block.count += read
        }
    }
}
