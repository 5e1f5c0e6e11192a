public import GyreColumns

/// Passes on the batches of all its ports; the runtime aligns their frontiers.
public final class UnionOperator: Operator {
    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try output.emit(batch)
        return .done
    }

    public override func process(lent batch: inout Batch, port: Int, into output: Output) throws -> Progress {
        try output.emit(lending: &batch, port: 0)
        return .done
    }
}
