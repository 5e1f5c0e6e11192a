/// A dense vector; in products with matrices, a column.
///
/// A value that shares memory as `Matrix` does: a row of a matrix is one without copying, and so is a part of a vector.
/// Its elements are contiguous.
public struct Vector<Scalar: LinearScalar>: Sendable {
    @usableFromInline var storage: DenseStorage<Scalar>
    @usableFromInline var offset: Int
    public let count: Int

    @inlinable
    init(_ storage: DenseStorage<Scalar>, offset: Int, count: Int) {
        (self.storage, self.offset, self.count) = (storage, offset, count)
    }

    /// A vector of the given length with what `initialize` puts into its memory, all of it.
    @inlinable
    public init<Failure: Error>(
        uninitializedCount count: Int,
        initializingWith initialize: (UnsafeMutablePointer<Scalar>) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(count >= 0, "a vector cannot have \(count) elements")
        let storage = DenseStorage<Scalar>(count: count)
        try initialize(storage.elements)
        self.init(storage, offset: 0, count: count)
    }

    @inlinable
    public init(repeating value: Scalar = 0, count: Int) {
        self.init(uninitializedCount: count) { $0.initialize(repeating: value, count: count) }
    }

    /// A vector of the elements of a collection. Of a vector that is part of something larger, one in memory of its own.
    @inlinable
    public init(_ elements: some Collection<Scalar>) {
        self.init(uninitializedCount: elements.count) { target in
            var next = target
            for element in elements {
                next.initialize(to: element)
                next += 1
            }
        }
    }

    /// The shape as a column.
    @inlinable
    public var shape: MatrixShape { MatrixShape(count, 1) }

    /// Copies the elements, unless nothing else holds the memory.
    @inlinable
    mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { self = Vector(self) }
    }

    /// Calls `body` with the first element, for the length of the call.
    @inlinable
    public func withUnsafeElements<Result, Failure: Error>(
        _ body: (UnsafePointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(storage.elements + offset)
    }

    /// The same to change them. Copies first if the memory is shared.
    @inlinable
    public mutating func withUnsafeMutableElements<Result, Failure: Error>(
        _ body: (UnsafeMutablePointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        makeUnique()
        defer { withExtendedLifetime(storage) {} }
        return try body(storage.elements + offset)
    }
}

extension Vector: RandomAccessCollection, MutableCollection {
    @inlinable
    public var startIndex: Int { 0 }

    @inlinable
    public var endIndex: Int { count }

    @inlinable
    public subscript(index: Int) -> Scalar {
        get {
            precondition(index >= 0 && index < count, "\(index) is outside a vector of \(count)")
            return withExtendedLifetime(storage) { storage.elements[offset + index] }
        }
        set {
            precondition(index >= 0 && index < count, "\(index) is outside a vector of \(count)")
            makeUnique()
            withExtendedLifetime(storage) { storage.elements[offset + index] = newValue }
        }
    }

    /// Elements as a vector of their own, which counts from zero, without copying.
    @inlinable
    public func part(_ range: some RangeExpression<Int>) -> Vector {
        let range = range.relative(to: 0..<count)
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) is outside a vector of \(count)")
        return Vector(storage, offset: offset + range.lowerBound, count: range.count)
    }

    @inlinable
    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
    ) rethrows -> Result? {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeBufferPointer(start: storage.elements + offset, count: count))
    }
}

extension Vector: ExpressibleByArrayLiteral, Equatable {
    @inlinable
    public init(arrayLiteral elements: Scalar...) { self.init(elements) }

    @inlinable
    public static func == (left: Vector, right: Vector) -> Bool { left.elementsEqual(right) }
}
