public import GyreColumns
public import GyreOperators

/// The kernels of joins: loops over addresses of rows that capture user closures and nothing else.
extension JoinKernels {
    /// Compares the keys of candidates; without a branch, for nearly all agree.
    @inlinable @inline(__always)
    static func same<Left, Right, K: Key>(
        _ leftKey: @escaping @Sendable (Left) throws -> K, _ rightKey: @escaping @Sendable (Right) throws -> K
    ) -> @Sendable (Rows, Rows, Int, UnsafeMutablePointer<UInt32>) throws -> Int {
        { left, right, count, kept in
            var found = 0
            var index = 0
            while index < count {
                let leftRow = left[index].assumingMemoryBound(to: Left.self)
                let rightRow = right[index].assumingMemoryBound(to: Right.self)
                let one: K
                let other: K
                do { one = try leftKey(leftRow.pointee) } catch { throw RecordError(leftRow.pointee, error) }
                do { other = try rightKey(rightRow.pointee) } catch { throw RecordError(rightRow.pointee, error) }
                kept[found] = UInt32(truncatingIfNeeded: index)
                found &+= K.isSameKey(one, other) ? 1 : 0
                index &+= 1
            }
            return found
        }
    }

    /// Orders both sides by their keys.
    @inlinable @inline(__always)
    static func order<Left, Right, K: Key>(
        _ leftKey: @escaping @Sendable (Left) throws -> K, _ rightKey: @escaping @Sendable (Right) throws -> K
    ) -> JoinOrder {
        JoinOrder(
            left: RowOrder(of: Left.self, by: leftKey), right: RowOrder(of: Right.self, by: rightKey),
            between: { left, right in
                let leftRow = left.assumingMemoryBound(to: Left.self)
                let rightRow = right.assumingMemoryBound(to: Right.self)
                let one: K
                let other: K
                do { one = try leftKey(leftRow.pointee) } catch { throw RecordError(leftRow.pointee, error) }
                do { other = try rightKey(rightRow.pointee) } catch { throw RecordError(rightRow.pointee, error) }
                return K.isOrderedBefore(one, other) ? -1 : (K.isSameKey(one, other) ? 0 : 1)
            })
    }

    /// Makes a row of each pair.
    @inlinable @inline(__always)
    static func pairs<Left, Right, Out>(
        _ combine: @escaping @Sendable (Left, Right) throws -> Out
    ) -> @Sendable (Rows, Rows, Int, UnsafeMutableRawPointer) throws -> Void {
        { left, right, count, output in
            let out = output.assumingMemoryBound(to: Out.self)
            for index in 0..<count {
                let leftRow = left[index].assumingMemoryBound(to: Left.self)
                let rightRow = right[index].assumingMemoryBound(to: Right.self)
                do { (out + index).initialize(to: try combine(leftRow.pointee, rightRow.pointee)) } catch {
                    out.deinitialize(count: index)
                    throw RecordError(leftRow.pointee, error)
                }
            }
        }
    }

    /// Makes a row of each row of one side.
    @inlinable @inline(__always)
    static func single<Row, Out>(
        _ make: @escaping @Sendable (Row) throws -> Out
    ) -> @Sendable (Rows, Int, UnsafeMutableRawPointer) throws -> Void {
        { rows, count, output in
            let out = output.assumingMemoryBound(to: Out.self)
            for index in 0..<count {
                let row = rows[index].assumingMemoryBound(to: Row.self)
                do { (out + index).initialize(to: try make(row.pointee)) } catch {
                    out.deinitialize(count: index)
                    throw RecordError(row.pointee, error)
                }
            }
        }
    }
}
