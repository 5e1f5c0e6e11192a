/// The head of an `.npy` file (NumPy's format, versions 1 to 3): the type, the order and the shape.
struct ArrayHeader: Hashable, Sendable {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// The length at which we write heads, so that they can be written again: a multiple of 64.
    static let writtenLength = 128

    var type: String
    var isFortranOrder: Bool
    /// One or two sizes.
    var shape: [Int]

    var rows: Int { shape[0] }
    var columns: Int { shape.count > 1 ? shape[1] : 1 }

    /// Reads the dictionary: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
    init?(dictionary: String) {
        guard let type = Self.value(of: "descr", in: dictionary),
            let order = Self.value(of: "fortran_order", in: dictionary),
            let start = dictionary.firstIndex(of: "("), let end = dictionary.firstIndex(of: ")"), start < end
        else { return nil }
        let sizes = dictionary[dictionary.index(after: start)..<end].split(separator: ",")
            .map { $0.filter { $0 != " " && $0 != "L" } }.filter { !$0.isEmpty }
        let shape = sizes.compactMap { Int($0) }
        guard shape.count == sizes.count, shape.allSatisfy({ $0 >= 0 }), order == "True" || order == "False" else {
            return nil
        }
        self.type = type
        isFortranOrder = order == "True"
        self.shape = shape
    }

    private static func value(of key: String, in dictionary: String) -> String? {
        guard let place = dictionary.range(of: "'\(key)'") else { return nil }
        let rest = dictionary[place.upperBound...].drop { $0 == " " || $0 == ":" }
        return String(rest.prefix { $0 != "," && $0 != "}" }.filter { $0 != "'" && $0 != " " })
    }

    /// A head of `writtenLength` bytes for rows of a width.
    static func bytes(type: String, rows: Int, columns: Int) -> [UInt8] {
        var dictionary = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
        let length = writtenLength - 10
        dictionary += String(repeating: " ", count: length - 1 - dictionary.utf8.count) + "\n"
        return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(dictionary.utf8)
    }
}

extension String {
    fileprivate func range(of part: String) -> Range<String.Index>? {
        ranges(of: part).first
    }
}
