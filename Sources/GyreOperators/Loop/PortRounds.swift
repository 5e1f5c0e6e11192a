import GyreColumns

extension ByteWriter {
    /// Writes the last round that each feedback port has completed.
    mutating func write(portRounds: [Int: Int]) {
        write(UInt64(portRounds.count))
        for (port, round) in portRounds.sorted(by: { $0.key < $1.key }) {
            write(Int64(port))
            write(Int64(round))
        }
    }
}

extension ByteReader {
    /// Reads what `write(portRounds:)` wrote.
    mutating func readPortRounds() throws -> [Int: Int] {
        var portRounds: [Int: Int] = [:]
        for _ in 0..<(try read(UInt64.self)) {
            let port = Int(try read(Int64.self))
            portRounds[port] = Int(try read(Int64.self))
        }
        return portRounds
    }
}
