import CZstd

/// Unpacks zstd, any number of frames one after the other.
final class ZstandardSource: ByteSource {
    private let path: String
    private let packed: FileSource
    private let input: UnsafeMutableRawBufferPointer
    private let context: OpaquePointer
    private var available = ZSTD_inBuffer()
    private var isInsideFrame = false
    private var hasRead = false

    init(path: String, packed: FileSource) throws(FormatError) {
        guard let context = ZSTD_createDCtx() else { throw .corruptArchive(path: path, format: .zstandard) }
        self.path = path
        self.packed = packed
        self.context = context
        input = .allocate(byteCount: max(ZSTD_DStreamInSize(), 256 << 10), alignment: 16)
    }

    deinit {
        ZSTD_freeDCtx(context)
        input.deallocate()
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        var mayHoldMore = isInsideFrame
        while output.pos == 0 {
            if available.pos == available.size, !mayHoldMore {
                let count = try packed.read(into: input)
                if count == 0 {
                    if isInsideFrame || !hasRead { throw .tornArchive(path: path) }
                    return 0
                }
                hasRead = true
                available = ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
            }
            let status = ZSTD_decompressStream(context, &output, &available)
            if ZSTD_isError(status) != 0 { throw .corruptArchive(path: path, format: .zstandard) }
            isInsideFrame = status != 0
            mayHoldMore = false
        }
        return output.pos
    }
}
