public import GyreOperators

/// A spill area without files: what operators under test spill stays in memory, and is counted.
public final class MemorySpillArea: SpillArea {
    /// Bytes that have been spilled.
    public private(set) var spilledBytes = 0
    /// Bytes that have been read back, as often as they were.
    public private(set) var readBytes = 0
    /// Bytes after which the area is full.
    public var capacity = Int.max

    public init() {}

    public func makeFile() throws -> any SpillFile { File(area: self) }

    private final class File: SpillFile {
        private let area: MemorySpillArea
        private var bytes: [UInt8] = []

        init(area: MemorySpillArea) {
            self.area = area
        }

        func append(_ raw: UnsafeRawBufferPointer) throws -> Int {
            guard area.spilledBytes + raw.count <= area.capacity else {
                throw SpillError.cannotWrite(folder: "memory", reason: "the area is full")
            }
            area.spilledBytes += raw.count
            defer { bytes.append(contentsOf: raw) }
            return bytes.count
        }

        func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
            guard offset + target.count <= bytes.count else {
                throw SpillError.cannotRead(folder: "memory", reason: "it ends early")
            }
            area.readBytes += target.count
            bytes.withUnsafeBytes {
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + target.count)]))
            }
        }
    }
}

/// A pool of which nothing is left: whoever asks beyond its floor spills.
struct EmptyPool: SharedMemoryPool {
    var pageBytes: Int { 1 << 16 }

    func take(_ bytes: Int) -> Bool { bytes == 0 }

    func giveBack(_ bytes: Int) {}
}
