/// Rows that travel together: the unit of everything dynamic.
///
/// A lock, an atomic, a dynamic call is paid for once a batch, never once a row. A batch has one owner,
/// who may write; it is given away whole, through a queue or by fan-out. Whoever receives a batch that
/// others may hold too reads it only: storage is reused only where `isOwned` says so.
///
/// The rows may be another's (`owner`), such as an array's that is read where it lies. Such a batch is read by
/// everybody, destroys nothing and is never filled again.
///
/// Concurrency: a batch carries no lock. Ownership moves through channels, whose release and acquire
/// order every write before the hand-over with every read after it. That is the proof behind
/// `@unchecked Sendable`.
open class Batch: @unchecked Sendable {
    /// How many rows are initialised.
    public final var count: Int
    /// How many rows fit.
    public let capacity: Int
    /// Where the rows are. Kernels, which know the type, bind it.
    public let base: UnsafeMutableRawPointer
    /// The type of a row.
    public let elementType: ObjectIdentifier
    /// Whether rows need no destruction.
    public let isTrivial: Bool
    /// Who keeps the rows, unchanged and where they are, if they are not the batch's own.
    public let owner: AnyObject?
    /// The stable hash of each row's key, where the rows came over a hash exchange.
    public final var hashes: UnsafePointer<UInt64>? { hasHashes ? UnsafePointer(hashStorage) : nil }
    /// Whether the hash column means anything.
    public final var hasHashes: Bool
    /// The instance that sent the rows, where they came over an exchange: orders equal rows of several senders.
    public final var sender: Int32
    /// The instance that the whole batch is for, where its sender has chosen; negative elsewhere. An edge by
    /// range delivers such a batch as it is.
    public final var receiver: Int32
    @usableFromInline
    final var hashStorage: UnsafeMutablePointer<UInt64>?

    @inlinable
    public init(
        capacity: Int, base: UnsafeMutableRawPointer, elementType: ObjectIdentifier, isTrivial: Bool,
        owner: AnyObject? = nil
    ) {
        self.owner = owner
        self.count = 0
        self.capacity = capacity
        self.base = base
        self.elementType = elementType
        self.isTrivial = isTrivial
        self.hasHashes = false
        self.sender = 0
        self.receiver = -1
        self.hashStorage = nil
    }

    deinit {
        hashStorage?.deallocate()
    }

    /// Room for one hash a row; allocated at first use and kept.
    @inlinable
    public final func hashColumn() -> UnsafeMutablePointer<UInt64> {
        if let hashStorage { return hashStorage }
        let column = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
        hashStorage = column
        return column
    }

    /// Destroys all rows; the storage stays.
    ///
    /// - Precondition: the rows are the batch's own.
    @inlinable
    public final func removeAll() {
        precondition(owner == nil, "rows removed that are another's")
        if !isTrivial { destroyRows() }
        forgetRows()
    }

    /// Has no rows any more, which are not destroyed.
    @inlinable
    final func forgetRows() {
        count = 0
        hasHashes = false
        sender = 0
        receiver = -1
    }

    /// Destroys all rows; only called where they need it.
    open func destroyRows() {}

    /// Bytes of storage, an estimate where rows own memory elsewhere.
    open var byteCount: Int { 0 }
}
