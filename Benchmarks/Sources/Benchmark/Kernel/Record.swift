/// The row of the kernel benchmarks: 32 bytes.
struct Record: Sendable, Codable {
    var key: Int64
    var a: Int64
    var b: Double
    var c: Int64

    @inline(__always)
    init(number: Int) {
        key = Int64(number & 1023)
        a = Int64(number)
        b = Double(number)
        c = 1
    }
}

/// What the compiler must not know.
enum Opaque {
    /// The value itself, in a way that nothing can be concluded from.
    @inline(never) @_optimize(none)
    static func hide<Value>(_ value: Value) -> Value { value }

    /// Uses a number, so that it has to be made.
    @inline(never) @_optimize(none)
    static func note(_ number: Int64) {}
}
