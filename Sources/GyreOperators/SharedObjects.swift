import Synchronization

/// Objects that all instances of a node in one process share, made by whichever comes first.
///
/// For solution sets in shared memory and for collected results; nothing else may bypass the channels.
public final class SharedObjects: Sendable {
    private let objects = Mutex<[String: any AnyObject & Sendable]>([:])

    public init() {}

    /// The object of the given name, made by `make` if there is none yet.
    public func object<Object: AnyObject & Sendable>(named name: String, make: () throws -> Object) rethrows -> Object {
        try objects.withLock { objects in
            if let found = objects[name] {
                guard let typed = found as? Object else {
                    preconditionFailure("shared object \(name) is a \(type(of: found)), not a \(Object.self)")
                }
                return typed
            }
            let made = try make()
            objects[name] = made
            return made
        }
    }
}
