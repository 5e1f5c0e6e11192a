import GyreOperators

/// Which instance of which node an operator is.
struct OperatorIdentity: Hashable, Sendable {
    var uid: String
    var name: String
    var instance: Int

    /// Runs a piece of the operator's work; what it throws is reported as this operator's.
    func attributing<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as OperatorError { throw error } catch {
            throw OperatorError(name: name, uid: uid, instance: instance, error: error)
        }
    }
}
