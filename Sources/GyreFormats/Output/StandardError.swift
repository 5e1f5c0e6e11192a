import Glibc

/// Texts for a person on standard error.
public enum StandardError {
    /// Whether a terminal shows it.
    public static var isTerminal: Bool { isatty(2) == 1 }

    /// Writes at once; what cannot be written is lost, since there is nowhere left to say so.
    public static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(2, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }
}
