import GyreColumns

extension ByteWriter {
    /// Writes the entries of a table, in its order.
    mutating func write<K: Key, Value>(
        table: inout KeyTable<K, Value>, by codecs: (key: StateCodec<K>, value: StateCodec<Value>)
    ) throws {
        let slots = table.orderedSlots()
        write(UInt64(slots.count))
        for slot in slots {
            try codecs.key.encode(table.key(inSlot: slot), &self)
            try codecs.value.encode(table.value(inSlot: slot).pointee, &self)
        }
    }
}

extension ByteReader {
    /// Reads what `write(table:by:)` wrote into an empty table.
    mutating func read<K: Key, Value>(
        table: inout KeyTable<K, Value>, by codecs: (key: StateCodec<K>, value: StateCodec<Value>)
    ) throws {
        let count = try read(UInt64.self)
        // They come in the table's own order. The count is not trusted for more than a little.
        while table.room < min(count, 1 << 20) { table.grow() }
        for _ in 0..<count {
            let key = try codecs.key.decode(&self)
            let value = try codecs.value.decode(&self)
            table.insertNew(key, value, place: table.place(of: key.keyHash))
        }
    }
}
