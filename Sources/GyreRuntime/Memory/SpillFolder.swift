import Foundation
import GyreOperators
import Synchronization

/// The spill area of a job: unnamed files in one folder.
///
/// A file loses its name as soon as it is open, so that the system removes it when it is closed, also after
/// `kill -9`.
final class SpillFolder: SpillArea, Sendable {
    let path: String
    private let written = Atomic<Int>(0)

    init(path: String) {
        self.path = path
    }

    /// Bytes that all operators of the job have spilled.
    var spilledBytes: Int { written.load(ordering: .relaxed) }

    func makeFile() throws -> any SpillFile {
        var template = Array("\(path)/gyre-spill-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SpillError.cannotCreate(folder: path, reason: lastReason()) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return UnnamedFile(descriptor: descriptor, folder: self)
    }

    fileprivate func count(_ bytes: Int) {
        written.add(bytes, ordering: .relaxed)
    }

    private final class UnnamedFile: SpillFile {
        private let descriptor: Int32
        private let folder: SpillFolder
        private var end = 0

        init(descriptor: Int32, folder: SpillFolder) {
            self.descriptor = descriptor
            self.folder = folder
        }

        deinit { close(descriptor) }

        func append(_ bytes: UnsafeRawBufferPointer) throws -> Int {
            var done = 0
            while done < bytes.count {
                let wrote = pwrite(
                    descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(end + done))
                if wrote < 0, errno == EINTR { continue }
                guard wrote > 0 else { throw SpillError.cannotWrite(folder: folder.path, reason: lastReason()) }
                done += wrote
            }
            defer { end += bytes.count }
            folder.count(bytes.count)
            return end
        }

        func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
            var done = 0
            while done < target.count {
                let count = pread(
                    descriptor, target.baseAddress.map { $0 + done }, target.count - done, off_t(offset + done))
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw SpillError.cannotRead(folder: folder.path, reason: lastReason()) }
                guard count > 0 else { throw SpillError.cannotRead(folder: folder.path, reason: "it ends early") }
                done += count
            }
        }
    }
}

private func lastReason() -> String { String(cString: strerror(errno)) }
