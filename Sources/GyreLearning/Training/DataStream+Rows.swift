public import Gyre

extension DataStream {
    /// Runs the stream's job and gives its rows; blocks the caller.
    ///
    /// - Throws: what the job throws; where an operator failed, what it threw itself, for whoever trains knows no
    ///   operators.
    public func rows(_ configuration: JobConfiguration) throws -> [Element] {
        let rows = collect()
        do {
            try job.run(configuration)
        } catch let error as OperatorError {
            throw error.underlying
        }
        return rows.elements
    }

    /// The same of a stream that has one row, such as what was trained.
    public func onlyRow(_ configuration: JobConfiguration) throws -> Element {
        guard let row = try rows(configuration).first else {
            preconditionFailure("a stream of one row has yielded none")
        }
        return row
    }
}
