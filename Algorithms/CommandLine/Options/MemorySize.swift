import ArgumentParser

/// An amount of memory: `512MiB`, `4GiB`, `2GB`, or a number of bytes.
struct MemorySize: Equatable {
    var bytes: Int

    private static let units: [(name: String, bytes: Int)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
        ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ]

    init(bytes: Int) {
        self.bytes = bytes
    }

    init(parsing text: String) throws {
        let unit = Self.units.first { text.hasSuffix($0.name) } ?? ("", 1)
        let digits = text.dropLast(unit.name.count)
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits) else {
            throw ValidationError("expected bytes, or a whole number with KiB, MiB, GiB, kB, MB or GB")
        }
        let (bytes, overflows) = number.multipliedReportingOverflow(by: unit.bytes)
        guard !overflows, bytes > 0 else { throw ValidationError("expected at least 1 byte and less than 8 EiB") }
        self.bytes = bytes
    }
}
