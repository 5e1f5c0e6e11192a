import Foundation
import GyreColumns
import GyreRuntime
import GyreTesting
import GyreTime
import Testing

/// Queues between two threads.
struct ChannelTests {
    @Test(arguments: UInt64(1)...20)
    func aRingAgainstAnArray(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let capacity = 1 << generator.below(5)
        let ring = Ring<String>(capacity: capacity)
        var oracle: [String] = []
        for step in 0..<5_000 {
            if Bool.random(using: &generator) {
                let limit = 1 + generator.below(capacity)
                #expect(ring.hasRoom(limit: limit) == (oracle.count < limit))
                let isTaken = ring.push("element \(step), by reference", limit: limit)
                #expect(isTaken == (oracle.count < limit), "seed \(seed)")
                if isTaken { oracle.append("element \(step), by reference") }
            } else {
                #expect(ring.isEmpty == oracle.isEmpty)
                #expect(ring.pop() == (oracle.isEmpty ? nil : oracle.removeFirst()), "seed \(seed)")
            }
        }
    }

    @Test(arguments: [1, 2, 8])
    func aRingBetweenTwoThreads(capacity: Int) throws {
        let ring = Ring<[Int]>(capacity: capacity)
        let count = 200_000
        Thread.detachNewThread {
            var next = 0
            while next < count { if ring.push([next], limit: capacity) { next += 1 } else { sched_yield() } }
        }
        let isOrdered = try Limit.within {
            for expected in 0..<count {
                while true {
                    if let element = ring.pop() {
                        guard element == [expected] else { return false }
                        break
                    }
                    sched_yield()
                }
            }
            return true
        }
        #expect(isOrdered && ring.isEmpty)
    }

    /// Both sides sleep whenever they find nothing; a lost wake-up would leave them asleep.
    @Test(arguments: [1, 4])
    func sleepersAreWoken(capacity: Int) throws {
        let (producer, consumer) = (WakeUp(), WakeUp())
        let channel = Channel(capacity: capacity, producer: producer, consumer: consumer)
        let count = 50_000
        Thread.detachNewThread {
            for number in 0..<count {
                let message = Message.batch(RowBatch([number]))
                while !channel.send(message) { producer.sleep { channel.hasRoom } }
            }
            while !channel.send(.frontier(.end)) { producer.sleep { channel.hasRoom } }
        }
        let sum = try Limit.within {
            var sum = 0
            while true {
                guard let message = channel.receive() else {
                    consumer.sleep { !channel.isEmpty }
                    continue
                }
                switch message {
                case .batch(let batch): sum += batch.rows(of: Int.self).elements[0]
                case .frontier: return sum
                case .barrier: return -1
                }
            }
        }
        #expect(sum == count * (count - 1) / 2)
    }

    @Test
    func controlMessagesFitWhereBatchesDoNot() {
        let channel = Channel(capacity: 2, producer: WakeUp(), consumer: WakeUp())
        #expect(channel.send(.batch(RowBatch([1]))) && channel.send(.batch(RowBatch([2]))))
        #expect(!channel.hasRoom && !channel.send(.batch(RowBatch([3]))))
        #expect(channel.send(.barrier(1)) && channel.send(.frontier(.end)))
        #expect(!channel.send(.barrier(2)))
    }
}
