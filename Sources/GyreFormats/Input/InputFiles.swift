import Glibc

/// Turns the inputs of a command line into the list of files to read.
public enum InputFiles {
    /// Resolves each name in order: `-` is standard input, a folder its files by name (dot files and folders inside
    /// are skipped), a pattern with `*`, `?` or `[` the files it matches by name, anything else a file.
    ///
    /// A name that exists is never taken for a pattern. Everything is checked for being there and readable, so that a
    /// missing last input is reported before the first is read.
    ///
    /// - Parameter rereadable: keep standard input's bytes for a second pass.
    public static func resolve(_ names: [String], rereadable: Bool = false) throws(FormatError) -> [InputFile] {
        var files: [InputFile] = []
        for name in names {
            if name == "-" {
                if files.contains(where: \.isStandardInput) { throw .standardInputTwice }
                files.append(.standardInput(rereadable: rereadable))
                continue
            }
            switch FileKind(path: name) {
            case .folder:
                files += try folder(name)
            case .missing where isPattern(name):
                files += try matches(of: name)
            case .missing, .file, .failed:
                files.append(try file(name))
            }
        }
        return files
    }

    /// The one file of that name (`-` is standard input); a folder is refused.
    public static func file(_ name: String, rereadable: Bool = false) throws(FormatError) -> InputFile {
        if name == "-" { return .standardInput(rereadable: rereadable) }
        switch FileKind(path: name) {
        case .missing: throw .missing(path: name)
        case .folder: throw .isFolder(path: name)
        case .failed(let code): throw .unreadable(path: name, code: code)
        case .file:
            guard access(name, R_OK) == 0 else { throw .unreadable(path: name, code: errno) }
            return InputFile(path: name)
        }
    }

    private static func folder(_ path: String) throws(FormatError) -> [InputFile] {
        guard let handle = opendir(path) else { throw .unreadable(path: path, code: errno) }
        defer { closedir(handle) }
        var paths: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let full = path.hasSuffix("/") ? path + name : path + "/" + name
            if FileKind(path: full) != .folder { paths.append(full) }
        }
        if paths.isEmpty { throw .emptyFolder(path: path) }
        return try sorted(paths)
    }

    private static func isPattern(_ name: String) -> Bool {
        name.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    private static func matches(of pattern: String) throws(FormatError) -> [InputFile] {
        var list = glob_t()
        defer { globfree(&list) }
        var paths: [String] = []
        if glob(pattern, GLOB_NOSORT, nil, &list) == 0, let entries = list.gl_pathv {
            for index in 0..<Int(list.gl_pathc) {
                guard let entry = entries[index] else { continue }
                let path = String(cString: entry)
                if FileKind(path: path) != .folder { paths.append(path) }
            }
        }
        if paths.isEmpty { throw .noMatch(pattern: pattern) }
        return try sorted(paths)
    }

    private static func sorted(_ paths: [String]) throws(FormatError) -> [InputFile] {
        var files: [InputFile] = []
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            files.append(try file(path))
        }
        return files
    }
}
