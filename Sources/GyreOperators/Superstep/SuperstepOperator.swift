public import GyreColumns
public import GyreTime

/// The body of a dense iteration: on the marker of a round, works on chunks until none is left to claim.
///
/// It yields after each chunk, so that its worker hears of a cancellation. The last chunks of a round may
/// still be in the hands of other workers when it passes the marker on; the round's meeting waits for all.
public final class SuperstepOperator: Operator {
    private let name: String
    private let make: @Sendable (Int) throws -> DenseStep
    private var step: DenseStep?
    private var context: OperatorContext?
    private var round = 0

    /// - Parameters:
    ///   - name: the name under which the loop's head shares the step.
    public init(name: String, make: @escaping @Sendable (Int) throws -> DenseStep) {
        self.name = name
        self.make = make
    }

    public override func open(_ context: OperatorContext) throws {
        self.context = context
        step = try DenseStep.shared(by: context, named: name, make: make)
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let completed = frontier.completedRound else { return .done }
        round = completed
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let context, let step, round > 0 else { return .done }
        for _ in 0..<4 {
            guard let chunk = step.claims.claim(worker: context.instance) else { return .done }
            try step.compute(chunk, context.instance, round)
        }
        return .more
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        throw CodecError.unsupported(
            "a dense solution set is in shared memory, which is saved at the end of rounds only")
    }
}
