/// What a checkpoint says of its job: enough to refuse another one, and to name in what it differs.
package struct JobRecord: Codable, Equatable, Sendable {
    /// A node, apart from what it computes.
    package struct Node: Codable, Equatable, Sendable {
        package var uid: String
        package var kind: String
        package var instances: Int
        /// `name=value`, in order.
        package var parameters: [String]
        /// Where its rows come from, how they are dealt, and of which type they are.
        package var inputs: [String]

        package init(uid: String, kind: String, instances: Int, parameters: [String], inputs: [String]) {
            self.uid = uid
            self.kind = kind
            self.instances = instances
            self.parameters = parameters
            self.inputs = inputs
        }
    }

    /// A loop's name, and what its files hold.
    package struct Loop: Codable, Equatable, Sendable {
        package var name: String
        /// The fields of all rows that its heads keep, in order.
        package var fields: [Field]
        package var aggregators: [Field]

        package init(name: String, fields: [Field], aggregators: [Field]) {
            self.name = name
            self.fields = fields
            self.aggregators = aggregators
        }
    }

    package struct Field: Codable, Equatable, Sendable {
        package var name: String
        package var type: String

        package init(name: String, type: String) {
            self.name = name
            self.type = type
        }
    }

    package var name: String
    package var parallelism: Int
    /// `StableHash.version`: rows are placed on workers by it.
    package var hashVersion: Int
    package var identity: [String: String]
    package var nodes: [Node]
    package var loops: [Loop]

    package init(
        name: String, parallelism: Int, hashVersion: Int, identity: [String: String], nodes: [Node], loops: [Loop]
    ) {
        self.name = name
        self.parallelism = parallelism
        self.hashVersion = hashVersion
        self.identity = identity
        self.nodes = nodes
        self.loops = loops
    }

    /// The first difference to the job that is to be run; nil where it is the same.
    package func difference(to job: JobRecord) -> JobDifference? {
        if let difference = difference(toIdentity: job.identity) { return difference }
        if name != job.name { return .name(was: name, is: job.name) }
        if hashVersion != job.hashVersion {
            return .identity(name: "the hash function's version", was: "\(hashVersion)", is: "\(job.hashVersion)")
        }
        if parallelism != job.parallelism { return .parallelism(was: parallelism, is: job.parallelism) }
        // Types before nodes: where a type has changed, its field says more than the node that names it.
        for (was, now) in zip(loops, job.loops) {
            if let (name, old, new) = Self.difference(was.fields, now.fields) {
                return .field(loop: now.name, name: name, was: old, is: new)
            }
            if let (name, old, new) = Self.difference(was.aggregators, now.aggregators) {
                return .aggregator(loop: now.name, name: name, was: old, is: new)
            }
        }
        return Self.difference(nodes, job.nodes)
    }

    /// The first entry of the caller's identity that differs; those that both have come first, since they say more.
    package func difference(toIdentity identity: [String: String]) -> JobDifference? {
        let both = Set(self.identity.keys).intersection(identity.keys)
        let one = Set(self.identity.keys).symmetricDifference(identity.keys)
        for name in both.sorted() + one.sorted() where self.identity[name] != identity[name] {
            return .identity(name: name, was: self.identity[name], is: identity[name])
        }
        return nil
    }

    private static func difference(
        _ old: [Field], _ new: [Field]
    ) -> (name: String, was: String?, is: String?)? {
        let names = old.map(\.name)
        for field in new where !names.contains(field.name) { return (field.name, nil, field.type) }
        for (index, field) in old.enumerated() {
            guard let found = new.first(where: { $0.name == field.name }) else { return (field.name, field.type, nil) }
            if found.type != field.type { return (field.name, field.type, found.type) }
            if new[index].name != field.name {
                let place = new.firstIndex { $0.name == field.name } ?? 0
                return (field.name, "\(field.type) in place \(index + 1)", "\(found.type) in place \(place + 1)")
            }
        }
        return nil
    }

    private static func difference(_ old: [Node], _ new: [Node]) -> JobDifference? {
        let known = Dictionary(old.map { ($0.uid, $0) }) { first, _ in first }
        for node in new {
            guard let was = known[node.uid] else { return .nodeIsNew(node.uid) }
            let parts = [
                ("kind", was.kind, node.kind), ("parallelism", "\(was.instances)", "\(node.instances)"),
                ("parameters", was.parameters.joined(separator: ", "), node.parameters.joined(separator: ", ")),
                ("input", was.inputs.joined(separator: ", "), node.inputs.joined(separator: ", ")),
            ]
            for (part, was, now) in parts where was != now {
                return .node(node.uid, part: part, was: was, is: now)
            }
        }
        let names = Set(new.map(\.uid))
        return old.first { !names.contains($0.uid) }.map { .nodeIsGone($0.uid) }
    }
}
