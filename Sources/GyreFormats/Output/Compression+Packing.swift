import CZlib
import CZstd
import Glibc

extension Compression {
    /// Packs a chunk as an archive of its own. Archives one after the other are one file of either format, so that
    /// chunks may be packed in any order and by any thread; at 1 MiB a chunk that costs nothing worth measuring.
    package func pack(_ buffer: TextBuffer, path: String) throws(FormatError) -> TextBuffer {
        switch self {
        case .none: return buffer
        case .gzip: return try gzip(buffer, path: path)
        case .zstandard: return try zstandard(buffer, path: path)
        }
    }

    private func gzip(_ buffer: TextBuffer, path: String) throws(FormatError) -> TextBuffer {
        var stream = z_stream()
        // 16 above the window bits means: gzip's header.
        let status = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .writeFailed(path: path, code: ENOMEM) }
        defer { deflateEnd(&stream) }
        let limit = Int(deflateBound(&stream, uLong(buffer.count)))
        let packed = TextBuffer(capacity: limit)
        let target = packed.room(limit)
        stream.next_in = UnsafeMutablePointer(mutating: buffer.bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(buffer.count)
        stream.next_out = target
        stream.avail_out = UInt32(limit)
        guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { throw .writeFailed(path: path, code: EIO) }
        packed.advance(limit - Int(stream.avail_out))
        return packed
    }

    private func zstandard(_ buffer: TextBuffer, path: String) throws(FormatError) -> TextBuffer {
        let limit = ZSTD_compressBound(buffer.count)
        let packed = TextBuffer(capacity: limit)
        let size = ZSTD_compress(
            packed.room(limit), limit, buffer.bytes.baseAddress, buffer.count, ZSTD_CLEVEL_DEFAULT)
        guard ZSTD_isError(size) == 0 else { throw .writeFailed(path: path, code: EIO) }
        packed.advance(size)
        return packed
    }
}
