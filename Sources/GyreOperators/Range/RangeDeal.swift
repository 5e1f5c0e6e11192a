import GyreColumns

/// Deals rows to receivers by cuts, a batch at a time.
final class RangeDeal {
    /// With so few cuts each row is held against all of them, without a branch.
    private static let fewCuts = 4

    private let elements: ElementType
    private let order: RowOrder
    private let ties: RangeTies
    private let instance: Int
    private let batchSize: Int
    /// The first row of each receiver but the first, in order.
    private var cuts: [(prefix: UInt64, row: UnsafeRawPointer, place: RowPlace)] = []
    private let cutRows: Batch?
    private let filling: UnsafeMutablePointer<Batch>
    private let receivers: Int
    private var input: Batch?
    /// The first row of `input` that has not been dealt.
    private var row = 0
    /// The number of the first row of `input` on this instance.
    private var number = 0
    private var prefixes: [UInt64] = []
    private var targets: [UInt32] = []
    /// The receiver whose last batch is next, once all rows are dealt.
    private var flushed = 0

    /// - Parameter cuts: rows that cut all rows into equal shares; nil if there are no rows.
    init(
        _ elements: ElementType, by order: RowOrder, ties: RangeTies, cuts: Batch?, _ context: OperatorContext
    ) throws {
        self.elements = elements
        self.order = order
        self.ties = ties
        instance = context.instance
        batchSize = context.batchSize
        receivers = context.instances
        cutRows = cuts
        filling = .allocate(capacity: receivers)
        for receiver in 0..<receivers { (filling + receiver).initialize(to: elements.makeBatch(1)) }
        guard let cuts, cuts.count > 0 else { return }
        prefixes = [UInt64](repeating: 0, count: cuts.count)
        try prefixes.withUnsafeMutableBufferPointer {
            if let base = $0.baseAddress { try order.fillPrefixes(cuts, base) }
        }
        for receiver in 1..<max(1, receivers) {
            let index = max(0, receiver * (cuts.count + 1) / receivers - 1)
            self.cuts.append(
                (
                    prefixes[index], UnsafeRawPointer(cuts.base + index * elements.stride),
                    RowPlace(bits: cuts.hashColumn()[index])
                ))
        }
    }

    deinit {
        filling.deinitialize(count: receivers)
        filling.deallocate()
    }

    /// The next batch for one receiver; nil when all have been given out.
    func next(from source: () throws -> Batch?) throws -> Batch? {
        while true {
            if let input {
                if let full = try scatter(input) { return take(full) }
                number += input.count
                self.input = nil
            }
            guard let batch = try source() else { break }
            try findReceivers(batch)
            input = batch
            row = 0
        }
        while flushed < receivers {
            flushed += 1
            if filling[flushed - 1].count > 0 { return take(flushed - 1) }
        }
        return nil
    }

    private func take(_ receiver: Int) -> Batch {
        let batch = filling[receiver]
        filling[receiver] = elements.makeBatch(1)
        batch.sender = Int32(clamping: instance)
        batch.receiver = Int32(clamping: receiver)
        return batch
    }

    /// Copies rows until a batch is full; nil when all are copied.
    private func scatter(_ batch: Batch) throws -> Int? {
        targets.withUnsafeMutableBufferPointer { targets in
            guard let base = targets.baseAddress else { return nil }
            let plan = ScatterTargets(targetOfRow: base, batches: filling, count: receivers, hashes: nil)
            while row < batch.count {
                let result = elements.scatter(batch, row, plan)
                row = result.next
                guard let full = result.fullTarget else { break }
                if filling[full].capacity >= batchSize { return full }
                // The first row of a receiver.
                let larger = elements.makeBatch(batchSize)
                elements.append(filling[full], 0..<filling[full].count, larger)
                filling[full] = larger
            }
            return nil
        }
    }

    private func findReceivers(_ batch: Batch) throws {
        if targets.count < batch.count {
            targets = [UInt32](repeating: 0, count: batch.count)
            prefixes = [UInt64](repeating: 0, count: batch.count)
        }
        if prefixes.count < batch.count { prefixes = [UInt64](repeating: 0, count: batch.count) }
        try prefixes.withUnsafeMutableBufferPointer { prefixes in
            try targets.withUnsafeMutableBufferPointer { targets in
                guard let prefixes = prefixes.baseAddress, let targets = targets.baseAddress else { return }
                try order.fillPrefixes(batch, prefixes)
                if cuts.count <= RangeDeal.fewCuts {
                    try compareWithAll(batch, prefixes, targets)
                } else {
                    for row in 0..<batch.count { targets[row] = try search(batch, row, prefixes[row]) }
                }
            }
        }
    }

    private func compareWithAll(
        _ batch: Batch, _ prefixes: UnsafeMutablePointer<UInt64>, _ targets: UnsafeMutablePointer<UInt32>
    ) throws {
        let count = batch.count
        targets.update(repeating: 0, count: count)
        var ties = 0
        for cut in cuts {
            let prefix = cut.prefix
            for row in 0..<count {
                targets[row] &+= prefixes[row] > prefix ? 1 : 0
                ties &+= prefixes[row] == prefix ? 1 : 0
            }
        }
        guard ties > 0 else { return }
        for row in 0..<count where cuts.contains(where: { $0.prefix == prefixes[row] }) {
            targets[row] = try search(batch, row, prefixes[row])
        }
    }

    /// How many cuts are at the row or before it.
    private func search(_ batch: Batch, _ row: Int, _ prefix: UInt64) throws -> UInt32 {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if try isBefore(batch, row, prefix, cuts[middle]) { high = middle } else { low = middle + 1 }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    private func isBefore(
        _ batch: Batch, _ row: Int, _ prefix: UInt64, _ cut: (prefix: UInt64, row: UnsafeRawPointer, place: RowPlace)
    ) throws -> Bool {
        if prefix != cut.prefix { return prefix < cut.prefix }
        if !order.isDecisive {
            let difference = try order.compare(UnsafeRawPointer(batch.base + row * elements.stride), cut.row)
            if difference != 0 { return difference < 0 }
        }
        return ties == .cut && RowPlace(sender: instance, number: number + row) < cut.place
    }
}
