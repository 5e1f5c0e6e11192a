/// The identifiers of a graph's vertices, in their order: integers by number, strings by bytes.
public enum VertexIdentifiers: Sendable, Equatable {
    /// A range of integers without gaps, which needs no memory.
    case range(first: Int64, count: Int)
    /// Integers, ascending.
    case integers([Int64])
    /// Strings, ascending by UTF-8 bytes.
    case strings([String])

    /// How many there are.
    public var count: Int {
        switch self {
        case .range(_, let count): count
        case .integers(let values): values.count
        case .strings(let values): values.count
        }
    }

    /// The place of an integer identifier.
    public func position(of identifier: Int64) -> Int? {
        switch self {
        case .range(let first, let count):
            identifier >= first && identifier - first < count ? Int(identifier - first) : nil
        case .integers(let values): values.firstSorted { $0 < identifier }.matching { values[$0] == identifier }
        case .strings: position(of: String(identifier))
        }
    }

    /// The place of an identifier as it is written.
    public func position(of identifier: String) -> Int? {
        switch self {
        case .strings(let values):
            values.firstSorted { $0.utf8.lexicographicallyPrecedes(identifier.utf8) }
                .matching { values[$0].utf8.elementsEqual(identifier.utf8) }
        case .range, .integers: Int64(identifier).flatMap { position(of: $0) }
        }
    }
}

extension Array {
    /// The first position whose element is not before what is sought; nil when all are.
    fileprivate func firstSorted(_ isBefore: (Element) -> Bool) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low < count ? low : nil
    }
}

extension Optional where Wrapped == Int {
    fileprivate func matching(_ isMatch: (Int) -> Bool) -> Int? { flatMap { isMatch($0) ? $0 : nil } }
}
