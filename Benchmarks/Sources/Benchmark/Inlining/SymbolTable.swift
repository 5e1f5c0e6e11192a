import Foundation
import Glibc

/// The names of this program's functions, demangled, as its ELF file lists them.
enum SymbolTable {
    /// - Throws: `ChildProcess.Failure` where the file has no symbols, or not in the form expected.
    static func names() throws -> [String] {
        let file = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe"), options: .mappedIfSafe)
        guard file.count > 64, file.prefix(5).elementsEqual([0x7f, 0x45, 0x4c, 0x46, 2]) else {
            throw ChildProcess.Failure(description: "the program is no ELF file of 64 bits")
        }
        return try file.withUnsafeBytes { bytes in
            func number<Number: FixedWidthInteger>(_ offset: Int, _ type: Number.Type) throws -> Int {
                guard offset >= 0, offset + MemoryLayout<Number>.size <= bytes.count else {
                    throw ChildProcess.Failure(description: "the program's ELF file ends early")
                }
                return Int(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: offset, as: type))
            }
            let sections = try number(0x28, UInt64.self)
            let size = try number(0x3a, UInt16.self)
            let symbolTables = try (0..<number(0x3c, UInt16.self)).map { sections + $0 * size }
                .filter { try number($0 + 4, UInt32.self) == 2 }
            guard let table = symbolTables.first else {
                throw ChildProcess.Failure(description: "the program has been stripped of its symbols")
            }
            let strings = try number(sections + number(table + 0x28, UInt32.self) * size + 0x18, UInt64.self)
            let start = try number(table + 0x18, UInt64.self)
            var names: [String] = []
            for symbol in stride(from: start, to: start + (try number(table + 0x20, UInt64.self)), by: 24)
            where try number(symbol + 4, UInt8.self) & 15 == 2 {
                let first = strings + (try number(symbol, UInt32.self))
                guard let base = bytes.baseAddress, first < bytes.count else { continue }
                names.append(demangled((base + first).assumingMemoryBound(to: CChar.self)))
            }
            return names
        }
    }

    private typealias Demangle =
        @convention(c) (
            UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32
        ) -> UnsafeMutablePointer<CChar>?

    /// The standard library's own.
    private static let demangle = dlsym(nil, "swift_demangle").map { unsafeBitCast($0, to: Demangle.self) }

    private static func demangled(_ name: UnsafePointer<CChar>) -> String {
        guard let text = demangle?(name, strlen(name), nil, nil, 0) else { return String(cString: name) }
        defer { free(text) }
        return String(cString: text)
    }
}
