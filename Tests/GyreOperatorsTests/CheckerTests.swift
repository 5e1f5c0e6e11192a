import GyreColumns
import GyreOperators
import GyreTesting
import GyreTime
import Testing

/// A checker that lets a wrong operator through is worth nothing.
struct CheckerTests {
    /// Adds up rows of type Int, wrongly in one way.
    private final class Sum: Operator {
        enum Fault { case none, forgetsState, emitsEarly, losesSmallBatches, keepsRounds }
        private let fault: Fault
        private var sum = 0
        private var context: OperatorContext?

        init(_ fault: Fault) {
            self.fault = fault
            super.init()
        }
        override func open(_ context: OperatorContext) { self.context = context }
        override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
            if fault == .losesSmallBatches, batch.count == 1 { return .done }
            sum += batch.rows(of: Int.self).elements.reduce(0, +)
            return .done
        }
        override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
            guard let context, fault == .emitsEarly || context.completes(frontier) else { return .done }
            try output.emit(RowBatch([sum]))
            if fault != .keepsRounds { sum = 0 }
            return .done
        }
        override func snapshot(into writer: inout ByteWriter) { if fault != .forgetsState { writer.write(Int64(sum)) } }
        override func restore(from reader: inout ByteReader) throws {
            if fault != .forgetsState { sum = Int(try reader.read(Int64.self)) }
        }
    }

    private func failures(_ fault: Sum.Fault, rounds: Int? = nil) throws -> [String] {
        let rows = Array(1...129)
        return try ConformanceChecker(
            inputs: [.rows(rows)], expected: [rows.reduce(0, +)], expectedOfNothing: [0], rounds: rounds,
            make: { Sum(fault) }
        ).failures()
    }

    @Test
    func findsEachFault() throws {
        #expect(try failures(.none) == [])
        #expect(try failures(.none, rounds: 3) == [])
        #expect(try failures(.forgetsState).contains { $0.contains("restored at border") })
        #expect(try failures(.emitsEarly).contains { $0.hasPrefix("batch size 1,") })
        #expect(try failures(.losesSmallBatches).contains { $0.hasPrefix("batch size 64,") })
        #expect(try failures(.keepsRounds) == [])
        #expect(try failures(.keepsRounds, rounds: 3).contains { $0.contains("round 2") })
    }
}
