/// Memory that matrices and vectors, and views of them, hold together.
///
/// The proof for `@unchecked Sendable`: it is written only by a `Matrix` or `Vector` that is the only one to hold it, from
/// its making on or as `isKnownUniquelyReferenced` says, and exclusive access to that value keeps others out; as long as
/// two hold it, it is only read (decision 0015).
@usableFromInline
final class DenseStorage<Scalar: LinearScalar>: @unchecked Sendable {
    @usableFromInline let elements: UnsafeMutablePointer<Scalar>

    /// Room for `count` elements, not initialised.
    @inlinable
    init(count: Int) {
        elements = .allocate(capacity: Swift.max(1, count))
    }

    @inlinable
    deinit { elements.deallocate() }
}
