/// A row with its place: which instance holds it, and how many rows that instance had before it.
///
/// Places order rows, whatever order they travel in: by instance, then by position.
public struct PlacedRow<Row: Sendable>: Sendable {
    /// Rows with lesser draws come first; 0 where nothing is drawn.
    public var draw: UInt64
    public var instance: Int
    public var position: Int
    public var row: Row

    @inlinable
    public init(draw: UInt64 = 0, instance: Int, position: Int, row: Row) {
        self.draw = draw
        self.instance = instance
        self.position = position
        self.row = row
    }

    /// By draw, then by place; no two rows of a stream are equal in it.
    public static func isDrawnBefore(_ left: PlacedRow, _ right: PlacedRow) -> Bool {
        left.draw == right.draw ? isPlacedBefore(left, right) : left.draw < right.draw
    }

    /// By place.
    public static func isPlacedBefore(_ left: PlacedRow, _ right: PlacedRow) -> Bool {
        (left.instance, left.position) < (right.instance, right.position)
    }
}

extension PlacedRow: Encodable where Row: Encodable {}
extension PlacedRow: Decodable where Row: Decodable {}
