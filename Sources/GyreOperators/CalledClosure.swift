/// What a kernel does about users' closures that are not inlined: those that have captured something.
public enum CalledClosure {
    /// The second word of a closure: the address of what it has captured, 0 if there is nothing. Where a kernel
    /// knows the closure, a constant.
    @inlinable @inline(__always)
    public static func captures<In, Out>(of closure: @escaping @Sendable (In) throws -> Out) -> UInt {
        unsafeBitCast(closure, to: (UInt, UInt).self).1
    }

    /// The same of a closure with a parameter.
    @inlinable @inline(__always)
    public static func captures<In, Parameter, Out>(
        of closure: @escaping @Sendable (In, Parameter) throws -> Out
    ) -> UInt {
        unsafeBitCast(closure, to: (UInt, UInt).self).1
    }

    /// Initialises a row by what a closure has returned.
    ///
    /// A closure that is called leaves its result in memory, written field by field. Moved on at once, two fields
    /// would be read by one load; the processor cannot serve that from two stores under way, and waits until both
    /// are in the cache: 5 ns a row. A branch between the loads and the stores keeps the loads as narrow as the
    /// fields. It is never taken, for no address is 1. Where the closure captures nothing, the condition is a
    /// constant, and the branch is gone.
    @inlinable @inline(__always)
    public static func initialize<Row>(_ row: UnsafeMutablePointer<Row>, to result: Row, captures: UInt) {
        if captures == 1 { store(result, at: row) } else { row.initialize(to: result) }
    }

    @inlinable @inline(never)
    static func store<Row>(_ result: Row, at row: UnsafeMutablePointer<Row>) {
        row.initialize(to: result)
    }
}
