import Glibc

/// What stands at a path, symbolic links followed; pipes and devices count as files.
enum FileKind: Equatable {
    case file, folder, missing
    case failed(Int32)

    init(path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
        } else if errno == ENOENT {
            self = .missing
        } else {
            self = .failed(errno)
        }
    }
}
