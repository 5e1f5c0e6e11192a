import GyreColumns

/// What is moved while rows are sorted: the row's prefix, and the row or where it lies.
protocol SortEntry: BitwiseCopyable {
    var prefix: UInt64 { get }
    /// The entry of the row at an address.
    init(prefix: UInt64, row: UnsafeRawPointer)
    /// Where the row of an entry is, for as long as the entry stays where it is.
    static func row(of entry: UnsafePointer<Self>) -> UnsafeRawPointer
}

/// Names the row. For rows that are large or own memory elsewhere.
struct RowReference: SortEntry {
    let prefix: UInt64
    let row: UnsafeRawPointer

    static func row(of entry: UnsafePointer<Self>) -> UnsafeRawPointer { entry.pointee.row }
}

/// The image of a trivial row of 8 bytes.
struct RowImage8: SortEntry {
    let prefix: UInt64
    let image: UInt64

    init(prefix: UInt64, row: UnsafeRawPointer) {
        self.prefix = prefix
        image = row.loadUnaligned(as: UInt64.self)
    }

    static func row(of entry: UnsafePointer<Self>) -> UnsafeRawPointer { UnsafeRawPointer(entry) + 8 }
}

/// The image of a trivial row of 16 bytes: sorted where it is, it need not be fetched from all over the memory.
struct RowImage16: SortEntry {
    let prefix: UInt64
    let image: (UInt64, UInt64)

    init(prefix: UInt64, row: UnsafeRawPointer) {
        self.prefix = prefix
        image = row.loadUnaligned(as: (UInt64, UInt64).self)
    }

    static func row(of entry: UnsafePointer<Self>) -> UnsafeRawPointer { UnsafeRawPointer(entry) + 8 }
}

/// The image of a trivial row of 24 bytes.
struct RowImage24: SortEntry {
    let prefix: UInt64
    let image: (UInt64, UInt64, UInt64)

    init(prefix: UInt64, row: UnsafeRawPointer) {
        self.prefix = prefix
        image = row.loadUnaligned(as: (UInt64, UInt64, UInt64).self)
    }

    static func row(of entry: UnsafePointer<Self>) -> UnsafeRawPointer { UnsafeRawPointer(entry) + 8 }
}
