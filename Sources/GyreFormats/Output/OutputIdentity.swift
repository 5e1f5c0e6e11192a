import Glibc

/// Where an output will stand: equal for two names of one place, also where nothing stands yet.
///
/// Tells two outputs in one place, and an output that is also an input. Devices and pipes have none, standard output
/// has one of its own.
public enum OutputIdentity: Hashable, Sendable {
    case standardOutput
    /// A regular file that is there.
    case file(FileIdentity)
    /// A file to be: its folder and its name in it.
    case place(device: UInt64, folder: UInt64, name: String)

    /// Nil for devices and pipes, and where the folder is missing.
    public init?(path: String) {
        if path == "-" {
            self = .standardOutput
            return
        }
        if let identity = FileIdentity(path: path) {
            self = .file(identity)
            return
        }
        guard FileKind(path: path) == .missing, let target = try? OutputPlace.followed(path) else { return nil }
        let folder = OutputPlace.folder(of: target)
        var status = stat()
        guard stat(folder.isEmpty ? "." : folder, &status) == 0 else { return nil }
        self = .place(
            device: UInt64(status.st_dev), folder: UInt64(status.st_ino), name: String(target.dropFirst(folder.count)))
    }
}
