/// The names of a checkpoint folder's files: what each is can be told without opening it.
package enum CheckpointName: Equatable, Sendable {
    case lock
    case manifest(UInt64)
    case state(UInt64)
    /// A manifest that has not got its name.
    case temporary
    /// Dot files, which file systems and people put everywhere.
    case hidden
    /// Nothing of ours.
    case foreign

    package static let lockName = "lock"

    package static func manifestName(_ number: UInt64) -> String { "checkpoint-\(padded(number)).json" }

    package static func temporaryName(_ number: UInt64) -> String { manifestName(number) + ".tmp" }

    /// - Parameters:
    ///   - serial: counts the loops' states that a folder has seen.
    ///   - head: the loop variable, counted within its loop.
    package static func stateName(_ serial: UInt64, loop: Int, head: Int, instance: Int) -> String {
        "state-\(padded(serial))-\(loop)-\(head)-\(instance).bin"
    }

    package init(_ name: String) {
        if name == Self.lockName {
            self = .lock
        } else if name.hasPrefix(".") {
            self = .hidden
        } else if let number = Self.number(in: name, after: "checkpoint-", before: ".json") {
            self = .manifest(number)
        } else if Self.number(in: name, after: "checkpoint-", before: ".json.tmp") != nil {
            self = .temporary
        } else if let middle = Self.middle(of: name, after: "state-", before: ".bin") {
            let numbers = middle.split(separator: "-", omittingEmptySubsequences: false).map { Self.number($0) }
            if numbers.count == 4, numbers.allSatisfy({ $0 != nil }), let serial = numbers[0] {
                self = .state(serial)
            } else {
                self = .foreign
            }
        } else {
            self = .foreign
        }
    }

    private static func padded(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    private static func middle(of name: String, after start: String, before end: String) -> Substring? {
        guard name.hasPrefix(start), name.hasSuffix(end), name.count > start.count + end.count else { return nil }
        return name.dropFirst(start.count).dropLast(end.count)
    }

    private static func number(in name: String, after start: String, before end: String) -> UInt64? {
        middle(of: name, after: start, before: end).flatMap { number($0) }
    }

    private static func number(_ digits: Substring) -> UInt64? {
        digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt64(digits) : nil
    }
}
