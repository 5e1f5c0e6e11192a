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
                    let length = Swift.min(KeyedScratch<K>.chunk, count &- next)
                    var index = 0
                    do {
                        var seen: UInt64 = 0
                        while index < length {
                            if !_isPOD(K.self), let hashes {
                                scratch.places[index] = table.place(of: hashes[next &+ index])
                            } else {
                                let rowKey = try key(rows[next &+ index])
                                let hash = hashes?[next &+ index] ?? rowKey.keyHash
                                seen ^= scratch.note(index, hash: hash, table)
                                scratch.keep(index, rowKey)
                            }
                            index &+= 1
                        }
                        scratch.seen = seen ^ scratch.touch(length, table)
                        index = 0
                        while index < length {
                            let place = scratch.places[index]
                            let rowKey = _isPOD(K.self) ? scratch.keys[index] : try key(rows[next &+ index])
                            if let value = scratch.find(index, rowKey, table) {
                                try update(&value.pointee, rows[next &+ index])
                            } else if scratch.isFrozen {
                                scratch.reject(next &+ index, place: place)
                            } else {
                                var value = initial
                                try update(&value, rows[next &+ index])
                                table.insertNew(K.detached(rowKey), value, place: place)
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
            drain: { table, cursor, limit, slots, out, hashes, keeps in
                KeyedValue.drain(&table, &cursor, limit, slots, out, hashes, keeps)
            },
            insert: { rows, start, count, table in KeyedValue.insert(rows, start, count, &table) },
            hash: { rows, count, hashes in
                for index in 0..<count { hashes[index] = rows[index].key.keyHash }
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
                    let length = Swift.min(KeyedScratch<K>.chunk, count &- next)
                    var index = 0
                    do {
                        var seen: UInt64 = 0
                        while index < length {
                            if !_isPOD(K.self), let hashes {
                                scratch.places[index] = table.place(of: hashes[next &+ index])
                            } else {
                                let rowKey = rows[next &+ index].key
                                let hash = hashes?[next &+ index] ?? rowKey.keyHash
                                seen ^= scratch.note(index, hash: hash, table)
                                scratch.keep(index, rowKey)
                            }
                            index &+= 1
                        }
                        scratch.seen = seen ^ scratch.touch(length, table)
                        index = 0
                        while index < length {
                            let place = scratch.places[index]
                            let rowKey = _isPOD(K.self) ? scratch.keys[index] : rows[next &+ index].key
                            if let value = scratch.find(index, rowKey, table) {
                                try merge(&value.pointee, rows[next &+ index].value)
                            } else if scratch.isFrozen {
                                scratch.reject(next &+ index, place: place)
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
            drain: { table, cursor, limit, slots, out, hashes, keeps in
                KeyedValue.drain(&table, &cursor, limit, slots, out, hashes, keeps)
            },
            insert: { rows, start, count, table in KeyedValue.insert(rows, start, count, &table) },
            hash: { rows, count, hashes in
                for index in 0..<count { hashes[index] = rows[index].key.keyHash }
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
                    let length = Swift.min(KeyedScratch<K>.chunk, count &- next)
                    var index = 0
                    do {
                        var seen: UInt64 = 0
                        while index < length {
                            if !_isPOD(K.self), let hashes {
                                scratch.places[index] = table.place(of: hashes[next &+ index])
                            } else {
                                let rowKey = try key(rows[next &+ index])
                                let hash = hashes?[next &+ index] ?? rowKey.keyHash
                                seen ^= scratch.note(index, hash: hash, table)
                                scratch.keep(index, rowKey)
                            }
                            index &+= 1
                        }
                        scratch.seen = seen ^ scratch.touch(length, table)
                        index = 0
                        while index < length {
                            let place = scratch.places[index]
                            let rowKey = _isPOD(K.self) ? scratch.keys[index] : try key(rows[next &+ index])
                            if let value = scratch.find(index, rowKey, table) {
                                value.pointee = try combine(value.pointee, rows[next &+ index])
                            } else if scratch.isFrozen {
                                scratch.reject(next &+ index, place: place)
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
            drain: { table, cursor, limit, slots, out, hashes, keeps in
                let count = table.nextSlots(&cursor, limit: limit, into: slots)
                for index in 0..<count {
                    if keeps {
                        hashes[index] = table.hash(inSlot: slots[index])
                        (out + index).initialize(to: table.value(inSlot: slots[index]).pointee)
                    } else {
                        let (_, row, hash) = table.take(slot: slots[index])
                        (out + index).initialize(to: row)
                        hashes[index] = hash
                    }
                }
                return count
            },
            insert: { rows, start, count, table in
                var next = start
                while next < count, table.room > 0 {
                    do {
                        let rowKey = try key(rows[next])
                        table.insertNew(rowKey, rows[next], place: table.place(of: rowKey.keyHash))
                    } catch { throw RecordError(rows[next], error) }
                    next &+= 1
                }
                return next
            },
            hash: { rows, count, hashes in
                for index in 0..<count {
                    do { hashes[index] = try key(rows[index]).keyHash } catch { throw RecordError(rows[index], error) }
                }
            })
    }
}

extension KeyedValue {
    @inlinable @inline(__always)
    static func drain(
        _ table: inout KeyTable<K, Value>, _ cursor: inout KeyTableCursor, _ limit: Int,
        _ slots: UnsafeMutablePointer<Int>, _ out: UnsafeMutablePointer<KeyedValue>,
        _ hashes: UnsafeMutablePointer<UInt64>, _ keeps: Bool
    ) -> Int {
        let count = table.nextSlots(&cursor, limit: limit, into: slots)
        for index in 0..<count {
            let slot = slots[index]
            if keeps {
                hashes[index] = table.hash(inSlot: slot)
                (out + index).initialize(
                    to: KeyedValue(key: table.key(inSlot: slot), value: table.value(inSlot: slot).pointee))
            } else {
                let (key, value, hash) = table.take(slot: slot)
                (out + index).initialize(to: KeyedValue(key: key, value: value))
                hashes[index] = hash
            }
        }
        return count
    }

    @inlinable @inline(__always)
    static func insert(
        _ rows: UnsafePointer<KeyedValue>, _ start: Int, _ count: Int, _ table: inout KeyTable<K, Value>
    ) -> Int {
        var next = start
        while next < count, table.room > 0 {
            let rowKey = rows[next].key
            table.insertNew(rowKey, rows[next].value, place: table.place(of: rowKey.keyHash))
            next &+= 1
        }
        return next
    }
}
