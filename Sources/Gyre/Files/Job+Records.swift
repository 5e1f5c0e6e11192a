import GyreColumns
public import GyreFormats
import GyreOperators
import GyrePlan

extension Job {
    /// A stream of the records of any format: what the other sources of files are made of, and where formats of one's
    /// own come in.
    ///
    /// - Parameters:
    ///   - kind: the node's kind, as `explain` shows it.
    ///   - elements: of the rows that the input's parser makes.
    public func records<Row: Sendable>(
        _ input: RecordInput, of type: Row.Type, kind: String, name: String? = nil,
        parameters: [NodeDescription.Parameter] = [], onError: BadRecordPolicy = .fail
    ) -> DataStream<Row> {
        let elements = ElementType.rows(of: Row.self)
        return add(
            PlanBuilder.NodeDefinition(
                kind: kind, name: name, parameters: parameters, inputs: [], outputs: [elements],
                estimatedBytes: input.estimatedBytes,
                implementation: OperatorFactory(emission: .oneBatch, isSource: true) {
                    FileSource(input, elements: elements, refused: .policy(onError))
                }))
    }

    /// The same, with the records that were refused as a stream of their own.
    public func recordsAndRefused<Row: Sendable>(
        _ input: RecordInput, of type: Row.Type, kind: String, name: String? = nil,
        parameters: [NodeDescription.Parameter] = []
    ) -> (rows: DataStream<Row>, refused: DataStream<BadRecord>) {
        let elements = ElementType.rows(of: Row.self)
        let rows: DataStream<Row> = add(
            PlanBuilder.NodeDefinition(
                kind: kind, name: name, parameters: parameters, inputs: [],
                outputs: [elements, .encodableRows(of: BadRecord.self)], estimatedBytes: input.estimatedBytes,
                implementation: OperatorFactory(emission: .unbounded, isSource: true) {
                    FileSource(input, elements: elements, refused: .sideOutput)
                }))
        return (rows, DataStream(job: self, output: OutputID(node: rows.output.node, port: 1)))
    }
}
