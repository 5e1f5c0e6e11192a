import Glibc

/// How a process has ended.
enum ProcessEnd: CustomStringConvertible {
    case code(Int32)
    case signal(Int32)

    /// - Parameter status: as wait(2) gives it.
    init(status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
    }

    var isSuccess: Bool { code == 0 }

    /// As a shell has it: 128 more than the signal's number.
    var code: Int32 {
        switch self {
        case .code(let code): code
        case .signal(let number): 128 + number
        }
    }

    var description: String {
        switch self {
        case .code(let code) where code > 128: "ended with \(code), as if signal \(code - 128) had killed it"
        case .code(let code): "ended with \(code)"
        case .signal(SIGKILL): "was killed by signal \(SIGKILL), as the system does where memory runs out"
        case .signal(let number): "was killed by signal \(number) (\(String(cString: strsignal(number))))"
        }
    }
}
