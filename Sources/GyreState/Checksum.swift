import CZlib

/// CRC-32 as zlib computes it: finds what is torn, not what is forged. About 1 GB/s a core.
struct Checksum: Equatable {
    private(set) var value: UInt32 = 0

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            let start = part.bindMemory(to: UInt8.self).baseAddress
            value = UInt32(truncatingIfNeeded: crc32(uLong(value), start, uInt(part.count)))
            rest = rest.dropFirst(part.count)
        }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        var checksum = Checksum()
        bytes.withUnsafeBytes { checksum.add($0) }
        return checksum.value
    }
}

extension UInt32 {
    /// Eight hexadecimal digits, as tools print a CRC-32.
    var checksumText: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
