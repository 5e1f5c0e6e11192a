public import GyreColumns
public import GyreOperators

// The kernels capture the user's closures and nothing else.

extension KeyedStream {
    /// Folds rows into values that begin as the initial one.
    @inlinable @inline(__always)
    static func foldKernels<Value: Sendable>(
        key: @escaping @Sendable (Element) throws -> K, value: Value.Type,
        _ update: @escaping @Sendable (inout Value, Element) throws -> Void
    ) -> KeyedKernels<Element, K, Value, Value, KeyedValue<K, Value>> {
        KeyedKernels(
            fold: { rows, start, count, hashes, initial, table, scratch in
                var next = start
                while next < count, scratch.mayGoOn(table) {
                    let length = try scratch.load(rows, next, count, hashes, table, key)
                    var index = 0
                    do {
                        while index < length {
                            let place = scratch.places[index]
                            let rowKey = try scratch.key(index, of: rows[next &+ index], key)
                            if let value = table.find(rowKey, place: place) {
                                try update(&value.pointee, rows[next &+ index])
                            } else if scratch.isFrozen {
                                scratch.reject(next &+ index)
                            } else {
                                var value = initial
                                try update(&value, rows[next &+ index])
                                table.insertNew(rowKey, value, place: place)
                            }
                            index &+= 1
                        }
                    } catch {
                        throw RecordError(rows[next &+ index], error)
                    }
                    next &+= length
                }
                return next
            },
            drain: { table, cursor, limit, slots, out, hashes in
                KeyedValue.drain(&table, &cursor, limit, slots, out, hashes)
            })
    }

    /// Merges values that were made elsewhere; the first of a key is taken as it is.
    @inlinable @inline(__always)
    static func mergeKernels<Value: Sendable>(
        value: Value.Type, _ merge: @escaping @Sendable (inout Value, Value) throws -> Void
    ) -> KeyedKernels<KeyedValue<K, Value>, K, Void, Value, KeyedValue<K, Value>> {
        KeyedKernels(
            fold: { rows, start, count, hashes, _, table, scratch in
                var next = start
                while next < count, scratch.mayGoOn(table) {
                    let length = try scratch.load(rows, next, count, hashes, table) { $0.key }
                    var index = 0
                    do {
                        while index < length {
                            let place = scratch.places[index]
                            let rowKey = scratch.key(index, of: rows[next &+ index]) { $0.key }
                            if let value = table.find(rowKey, place: place) {
                                try merge(&value.pointee, rows[next &+ index].value)
                            } else if scratch.isFrozen {
                                scratch.reject(next &+ index)
                            } else {
                                table.insertNew(rowKey, rows[next &+ index].value, place: place)
                            }
                            index &+= 1
                        }
                    } catch {
                        throw RecordError(rows[next &+ index], error)
                    }
                    next &+= length
                }
                return next
            },
            drain: { table, cursor, limit, slots, out, hashes in
                KeyedValue.drain(&table, &cursor, limit, slots, out, hashes)
            })
    }

    /// Combines rows into one of their kind.
    @inlinable @inline(__always)
    static func reduceKernels(
        key: @escaping @Sendable (Element) throws -> K,
        _ combine: @escaping @Sendable (Element, Element) throws -> Element
    ) -> KeyedKernels<Element, K, Void, Element, Element> {
        KeyedKernels(
            fold: { rows, start, count, hashes, _, table, scratch in
                var next = start
                while next < count, scratch.mayGoOn(table) {
                    let length = try scratch.load(rows, next, count, hashes, table, key)
                    var index = 0
                    do {
                        while index < length {
                            let place = scratch.places[index]
                            let rowKey = try scratch.key(index, of: rows[next &+ index], key)
                            if let value = table.find(rowKey, place: place) {
                                value.pointee = try combine(value.pointee, rows[next &+ index])
                            } else if scratch.isFrozen {
                                scratch.reject(next &+ index)
                            } else {
                                table.insertNew(rowKey, rows[next &+ index], place: place)
                            }
                            index &+= 1
                        }
                    } catch {
                        throw RecordError(rows[next &+ index], error)
                    }
                    next &+= length
                }
                return next
            },
            drain: { table, cursor, limit, slots, out, hashes in
                let count = table.nextSlots(&cursor, limit: limit, into: slots)
                for index in 0..<count {
                    let (_, row, hash) = table.take(slot: slots[index])
                    (out + index).initialize(to: row)
                    hashes[index] = hash
                }
                return count
            })
    }
}

extension KeyedValue {
    @inlinable @inline(__always)
    static func drain(
        _ table: inout KeyTable<K, Value>, _ cursor: inout KeyTableCursor, _ limit: Int,
        _ slots: UnsafeMutablePointer<Int>, _ out: UnsafeMutablePointer<KeyedValue>,
        _ hashes: UnsafeMutablePointer<UInt64>
    ) -> Int {
        let count = table.nextSlots(&cursor, limit: limit, into: slots)
        for index in 0..<count {
            let (key, value, hash) = table.take(slot: slots[index])
            (out + index).initialize(to: KeyedValue(key: key, value: value))
            hashes[index] = hash
        }
        return count
    }
}
