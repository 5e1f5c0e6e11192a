import Gyre

/// What it costs to write a record of five fields, one of them a string, and to read it back: what every row pays that
/// spills or goes to another process. One thread, batches of 2048 as they travel.
struct CodecRow: Row {
    let name = "codec"
    let summary = "encoding and decoding a struct of five fields"

    struct Order: PlainRecord, Equatable {
        var id: Int64
        var customer: Int64
        var amount: Double
        var quantity: Int32
        var city: String

        init(number: Int) {
            id = Int64(number)
            customer = CounterRandom.number(6, number, below: 1_000_000)
            amount = Double(CounterRandom.number(7, number, below: 100_000)) / 100
            quantity = Int32(CounterRandom.number(8, number, below: 100))
            city = "city \(CounterRandom.number(9, number, below: 10_000))"
        }
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let elements = ElementType.encodableRows(of: Order.self)
        let codec = try elements.requiredCodec
        let count = settings.isSmoke ? 10_000 : 1_000_000
        let batches = stride(from: 0, to: count, by: 2048).map { start in
            RowBatch((start..<min(start + 2048, count)).map(Order.init(number:)))
        }
        let encoded = try KernelTiming.runs(settings.runs, workers: 1, records: count) {
            try batches.map { batch in
                var writer = ByteWriter()
                try codec.encode(batch, &writer)
                return writer.bytes
            }
        }
        let bytes = encoded[0].result
        let decoded = try KernelTiming.runs(settings.runs, workers: 1, records: count) {
            try bytes.map { bytes in
                var reader = ByteReader(bytes)
                return try codec.decode(&reader)
            }
        }
        for (batch, copy) in zip(batches, decoded[0].result)
        where !batch.elements.elementsEqual(copy.rows(of: Order.self).elements) {
            throw ChildProcess.Failure(description: "a decoded batch is not what was encoded")
        }
        guard decoded[0].result.count == batches.count else {
            throw ChildProcess.Failure(description: "\(decoded[0].result.count) of \(batches.count) batches decoded")
        }
        let size = Double(bytes.reduce(0) { $0 + $1.count }) / Double(count)
        let (writing, reading) = (encoded.map(\.nanoseconds), decoded.map(\.nanoseconds))
        print("   encode \(writing.spread) ns, decode \(reading.spread) ns, \(size.short) bytes a record")
        return [
            Figure(name: "encode", value: writing.median, unit: "ns a record", goal: 50),
            Figure(name: "decode", value: reading.median, unit: "ns a record", goal: 50),
        ]
    }
}
