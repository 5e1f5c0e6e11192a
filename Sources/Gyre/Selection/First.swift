import GyreColumns
import GyreOperators

extension DataStream where Element: Codable {
    /// The first `count` rows: those of the first worker first, as they lie there.
    ///
    /// Behind `sorted` these are the least ones, in their order. All rows are read, `count` of them kept a worker;
    /// one worker holds the result.
    public func first(_ count: Int, name: String? = nil) -> DataStream<Element> {
        precondition(count >= 0, "first(\(count)), expected at least 0 rows")
        return select(count, seed: nil, kind: "first", name: name, parameters: [.init("count", "\(count)")])
    }

    /// The rows whose draws and places are the least, in the order of their places.
    func select(
        _ count: Int, seed: UInt64?, kind: String, name: String?, parameters: [NodeDescription.Parameter]
    ) -> DataStream<Element> {
        mapPartition(kind: kind, name: name, parameters: parameters) {
            SelectRows<Element>($0, limit: count, seed: seed)
        }
        .global()
        .mapPartition(kind: kind + "Merge", name: name, parameters: parameters) { _ in
            MergeSelectedRows<Element>(limit: count)
        }
    }
}
