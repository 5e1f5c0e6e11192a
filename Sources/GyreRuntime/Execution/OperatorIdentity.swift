import GyreOperators

/// Which instance of which node an operator is.
struct OperatorIdentity: Hashable, Sendable {
    var uid: String
    var name: String
    var instance: Int

    /// Runs a piece of the operator's work; what it throws is reported as this operator's.
    func attributing<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw attributed(error) }
    }

    /// The error as this operator's, unless it is attributed already. What runs once a batch calls this where it
    /// catches, so that the names are not touched before.
    @inline(never)
    func attributed(_ error: any Error) -> any Error {
        if error is OperatorError { return error }
        return OperatorError(name: name, uid: uid, instance: instance, error: error)
    }
}
