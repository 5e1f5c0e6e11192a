import Glibc

/// A regular file to be and the temporary one beside it.
struct OutputPlace {
    /// The target behind all symbolic links.
    let target: String
    let temporary: String

    /// Creates the temporary file, with the permissions of the file it will replace, if there is one.
    static func create(for path: String) throws(FormatError) -> (descriptor: Int32, place: OutputPlace?) {
        let target = try followed(path)
        let folder = folder(of: target)
        for _ in 0..<100 {
            let mark = String(UInt64.random(in: .min ... .max), radix: 36)
            let temporary = folder + ".gyre-" + mark
            let descriptor = UnfinishedOutputs.create(temporary)
            if descriptor >= 0 {
                var status = stat()
                if stat(target, &status) == 0 { _ = fchmod(descriptor, status.st_mode & 0o7777) }
                return (descriptor, OutputPlace(target: target, temporary: temporary))
            }
            if errno != EEXIST { throw .cannotCreate(path: path, code: errno) }
        }
        throw .cannotCreate(path: path, code: EEXIST)
    }

    static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Renames, and syncs the folder so that the name survives a crash too.
    func publish(as path: String) throws(FormatError) {
        if rename(temporary, target) != 0 { throw .cannotCreate(path: path, code: errno) }
        UnfinishedOutputs.settle(temporary)
        let folder = Self.folder(of: target)
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 {
            // Not every file system syncs folders; the data are safe already.
            fsync(descriptor)
            close(descriptor)
        }
    }

    /// Removes the temporary file.
    func discard() {
        unlink(temporary)
        UnfinishedOutputs.settle(temporary)
    }

    /// Up to the last slash, which stays; empty for a name alone.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The path behind symbolic links, the last of which may lead to nothing yet.
    static func followed(_ path: String) throws(FormatError) -> String {
        var current = path
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(current, &buffer, buffer.count)
            if count < 0 { return current }
            let link = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            current = link.hasPrefix("/") ? link : folder(of: current) + link
        }
        throw .cannotCreate(path: path, code: ELOOP)
    }
}
