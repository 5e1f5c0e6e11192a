import GyreColumns
import GyreTime

extension ByteWriter {
    /// Writes a frontier.
    mutating func write(_ frontier: Frontier) {
        write(frontier.time.milliseconds)
        write(Int64(frontier.round))
    }
}

extension ByteReader {
    /// Reads a frontier.
    mutating func readFrontier() throws -> Frontier {
        let time = Timestamp(milliseconds: try read(Int64.self))
        return Frontier(time: time, round: Int(try read(Int64.self)))
    }
}
