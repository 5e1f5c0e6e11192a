import Glibc

/// A folder of a test's own, removed with everything in it at the end.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/gyre-formats-XXXXXX".utf8CString)
        mkdtemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink(path + "/" + name) }
        for name in names { rmdir(path + "/" + name) }
        rmdir(path)
    }

    /// Everything in the folder, dot files included, by name.
    var names: [String] {
        var names: [String] = []
        guard let handle = opendir(path) else { return [] }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func at(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) -> String {
        let file = fopen(at(name), "w")!
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return at(name)
    }

    @discardableResult
    func write(_ text: String, to name: String) -> String { write(Array(text.utf8), to: name) }

    func read(_ name: String) -> String? {
        guard let file = fopen(at(name), "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A message without the folder's own path.
    func relative(_ error: any Error) -> String {
        let text = "\(error)"
        guard text.hasPrefix(path + "/") else { return text }
        return String(text.dropFirst(path.count + 1))
    }
}
