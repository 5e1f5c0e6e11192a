/// How both sides of a join are ordered by one key: what a sort-merge join needs of the types.
public struct JoinOrder: Sendable {
    /// Of left rows. Prefixes of both sides are those of the same key type, so they can be compared.
    public var left: RowOrder
    /// Of right rows.
    public var right: RowOrder
    /// Compares a left row with a right one: negative if the left key comes first, 0 if the keys are the same.
    public var between: @Sendable (_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) throws -> Int

    public init(
        left: RowOrder, right: RowOrder,
        between: @escaping @Sendable (_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) throws -> Int
    ) {
        self.left = left
        self.right = right
        self.between = between
    }
}
