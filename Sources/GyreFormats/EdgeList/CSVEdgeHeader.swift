/// The first line of a `.csv` edge list that names its columns.
enum CSVEdgeHeader {
    /// `source,target` or `source,target,weight`, in any case, quoted or not.
    static func matches(_ whole: UnsafeBufferPointer<UInt8>) -> Bool {
        guard whole.count < 100 else { return false }
        let line = String(decoding: TextLine.trimmed(whole), as: UTF8.self).lowercased()
        let names = line.split(separator: ",", omittingEmptySubsequences: false).map { name -> String in
            var name = name.drop { $0 == " " || $0 == "\t" }
            while name.last == " " || name.last == "\t" { name.removeLast() }
            let isQuoted = name.count > 2 && name.first == "\"" && name.last == "\""
            return String(isQuoted ? name.dropFirst().dropLast() : name)
        }
        return names == ["source", "target"] || names == ["source", "target", "weight"]
    }
}
