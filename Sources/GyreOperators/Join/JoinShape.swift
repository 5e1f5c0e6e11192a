public import GyreColumns

/// One side of a join: its rows, and their keys' hashes.
public struct JoinSide: Sendable {
    public var elements: ElementType
    /// Writes the stable hash of each row's key.
    public var key: RowRouter
    /// Writes the number of each row's key, where the type has one that says which key it is: equal numbers are equal
    /// keys, on both sides.
    public var number: RowRouter?

    public init(elements: ElementType, key: RowRouter, number: RowRouter? = nil) {
        self.elements = elements
        self.key = key
        self.number = number
    }
}

/// What a join does with rows that it has found, formed where the types are known.
///
/// Rows are given by address, so that one kernel serves whichever side is built, and whether rows lie in a batch, in a
/// page or have come back from disk. Each kernel captures the user's closures and nothing else; if one throws, it leaves
/// nothing initialised.
public struct JoinKernels: Sendable {
    /// Addresses of rows.
    public typealias Rows = UnsafePointer<UnsafeRawPointer>

    /// Of pairs whose hashes agree, the places of those whose keys do; returns how many.
    public var same: @Sendable (_ left: Rows, _ right: Rows, Int, UnsafeMutablePointer<UInt32>) throws -> Int
    /// Makes a row of each pair. Of semi and anti joins there is none.
    public var pairs: (@Sendable (_ left: Rows, _ right: Rows, Int, UnsafeMutableRawPointer) throws -> Void)?
    /// Makes a row of each left row alone.
    public var left: (@Sendable (Rows, Int, UnsafeMutableRawPointer) throws -> Void)?
    /// Makes a row of each right row alone.
    public var right: (@Sendable (Rows, Int, UnsafeMutableRawPointer) throws -> Void)?
    /// The rows that come out.
    public var result: ElementType

    public init(
        result: ElementType, same: @escaping @Sendable (Rows, Rows, Int, UnsafeMutablePointer<UInt32>) throws -> Int,
        pairs: (@Sendable (Rows, Rows, Int, UnsafeMutableRawPointer) throws -> Void)?,
        left: (@Sendable (Rows, Int, UnsafeMutableRawPointer) throws -> Void)?,
        right: (@Sendable (Rows, Int, UnsafeMutableRawPointer) throws -> Void)?
    ) {
        self.result = result
        self.same = same
        self.pairs = pairs
        self.left = left
        self.right = right
    }
}

/// All that a join knows before it sees a row.
public struct JoinShape: Sendable {
    public var kind: JoinKind
    public var left: JoinSide
    public var right: JoinSide
    public var kernels: JoinKernels

    public init(kind: JoinKind, left: JoinSide, right: JoinSide, kernels: JoinKernels) {
        self.kind = kind
        self.left = left
        self.right = right
        self.kernels = kernels
    }

    func side(isLeft: Bool) -> JoinSide { isLeft ? left : right }
}

/// The hashes of a batch's keys: those that came with it, or computed here. A batch may be shared, so they are not
/// written into it.
struct HashColumn: ~Copyable {
    private var storage: UnsafeMutablePointer<UInt64>?
    private var capacity = 0

    deinit { storage?.deallocate() }

    mutating func hashes(of batch: Batch, by key: RowRouter) throws -> UnsafePointer<UInt64> {
        if let hashes = batch.hashes { return hashes }
        return try numbers(of: batch, by: key)
    }

    /// What a router makes of a batch's rows.
    mutating func numbers(of batch: Batch, by key: RowRouter) throws -> UnsafePointer<UInt64> {
        if capacity < batch.count || storage == nil {
            storage?.deallocate()
            capacity = max(batch.count, 1)
            storage = .allocate(capacity: capacity)
        }
        guard let storage else { preconditionFailure("no room for hashes") }
        try key.fill(batch, storage)
        return UnsafePointer(storage)
    }
}
