import COpenBLAS
import Glibc
import Synchronization

/// How the OpenBLAS that was loaded is called by many threads at once, each call on its caller's thread alone: the
/// workers are the threads. What that takes depends on how the library was built (decision 0015), which only shows
/// at run time.
enum OpenBLAS {
    private enum Build {
        /// With threads of its own, one number of them for the process: set to one, once.
        case threads
        /// With OpenMP, which counts threads for each calling thread: set to one by each, once.
        case openMP
        /// Without threads, and without a lock around the table of its work areas: two calls at once may be given the
        /// same area, and compute nonsense. Calls wait for each other.
        case serial
    }

    private static let build: Build =
        switch openblas_get_parallel() {
        case 0: .serial
        case 2: .openMP
        default: oneThread()
        }

    private static func oneThread() -> Build {
        openblas_set_num_threads(1)
        return .threads
    }

    private static let lock = Mutex(())

    /// Set in the threads for which OpenMP was told to use one.
    private static let prepared: pthread_key_t = {
        var key = pthread_key_t()
        let code = pthread_key_create(&key, nil)
        precondition(code == 0, "no thread-specific key for OpenBLAS: error \(code)")
        return key
    }()

    /// Calls into OpenBLAS or LAPACKE. Where the library is a serial one this waits for other calls, and `body` must not
    /// come back here.
    @inline(__always)
    static func call<Result>(_ body: () -> Result) -> Result {
        switch build {
        case .threads: break
        case .openMP: if pthread_getspecific(prepared) == nil { prepareThread() }
        case .serial: return lock.withLock { _ in body() }
        }
        return body()
    }

    /// OpenBLAS frees work areas when it is told a number of threads: one caller at a time.
    @inline(never)
    private static func prepareThread() {
        lock.withLock { _ in openblas_set_num_threads(1) }
        pthread_setspecific(prepared, UnsafeRawPointer(bitPattern: 1))
    }
}
