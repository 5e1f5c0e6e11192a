import CZlib

/// Unpacks gzip, any number of members one after the other; zero bytes after the last one are padding.
final class GzipSource: ByteSource {
    private static let packedSize = 256 << 10

    private let path: String
    private let packed: FileSource
    private let input: UnsafeMutableRawBufferPointer
    // The library keeps a pointer to the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isInsideMember = false
    private var membersRead = 0

    init(path: String, packed: FileSource) throws(FormatError) {
        self.path = path
        self.packed = packed
        input = .allocate(byteCount: Self.packedSize, alignment: 16)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 above the window bits means: gzip's header only.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if status != Z_OK { throw .corruptArchive(path: path, format: .gzip) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let room = min(target.count, 1 << 30)
        stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(room)
        while stream.pointee.avail_out == UInt32(room) {
            if stream.pointee.avail_in == 0 {
                let count = try packed.read(into: input)
                if count == 0 {
                    if isInsideMember || membersRead == 0 { throw .tornArchive(path: path) }
                    return 0
                }
                stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_in = UInt32(count)
            }
            if !isInsideMember {
                if membersRead > 0 { skipPadding() }
                if stream.pointee.avail_in == 0 { continue }
                isInsideMember = true
            }
            switch inflate(stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR:
                break
            case Z_STREAM_END:
                isInsideMember = false
                membersRead += 1
                inflateReset(stream)
            default:
                throw .corruptArchive(path: path, format: .gzip)
            }
        }
        return room - Int(stream.pointee.avail_out)
    }

    private func skipPadding() {
        while stream.pointee.avail_in > 0, stream.pointee.next_in?.pointee == 0 {
            stream.pointee.next_in = stream.pointee.next_in?.advanced(by: 1)
            stream.pointee.avail_in -= 1
        }
    }
}
