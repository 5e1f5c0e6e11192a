import Glibc

/// Device and number of an existing file: equal for two names of one file.
///
/// Tells an output that is also an input. Pipes and devices have none: reading and writing one terminal is fine.
public struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64

    /// Nil when nothing is there, or when it is no regular file.
    public init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }
}
