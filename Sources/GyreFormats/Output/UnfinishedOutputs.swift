import Glibc
import Synchronization

/// The temporary files and folders that this process is writing: what a signal has to remove before it ends the process.
public enum UnfinishedOutputs {
    private struct State {
        var temporaries: Set<String> = []
        var isClosed = false
    }

    private static let state = Mutex(State())

    /// Removes all but one, and lets no other be created: a later attempt fails with `EINTR`.
    public static func discard(except kept: String? = nil) {
        state.withLock { state in
            state.isClosed = true
            for temporary in state.temporaries where temporary != kept { unlink(temporary) }
            for folder in state.temporaries where folder != kept { rmdir(folder) }
            state.temporaries = state.temporaries.filter { $0 == kept }
        }
    }

    /// Creates a temporary file and notes it, in one step that `discard` cannot come between; as open(2).
    static func create(_ temporary: String) -> Int32 {
        state.withLock { state in
            if state.isClosed {
                errno = EINTR
                return -1
            }
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { state.temporaries.insert(temporary) }
            return descriptor
        }
    }

    /// Creates a temporary folder and notes it, as `create`.
    static func createFolder(_ temporary: String) -> Bool {
        state.withLock { state in
            if state.isClosed {
                errno = EINTR
                return false
            }
            guard mkdir(temporary, 0o777) == 0 else { return false }
            state.temporaries.insert(temporary)
            return true
        }
    }

    /// Notes that a file has got its name, or has been removed.
    static func settle(_ temporary: String) {
        state.withLock { _ = $0.temporaries.remove(temporary) }
    }
}
