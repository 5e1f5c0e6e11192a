import GyreOperators
import GyrePlan

/// How a join is to be carried out, where the user knows better than the sizes.
///
/// It changes the speed, the memory and the order of a join's rows, never the rows.
public enum JoinHint: String, Sendable, CaseIterable {
    /// By the sizes that are known when the job is written, else by those that show while it runs.
    case automatic
    /// Both sides are dealt by key; the left one is built into a hash table, the right one probes it.
    case hashLeft = "hash left"
    /// Both sides are dealt by key; the right one is built into a hash table, the left one probes it.
    case hashRight = "hash right"
    /// The left side goes whole to every worker and is built there; the right one stays where it is. For a small left
    /// side of an inner or right join.
    case broadcastLeft = "broadcast left"
    /// The right side goes whole to every worker and is built there; the left one stays where it is. For a small right
    /// side of an inner, left, semi or anti join.
    case broadcastRight = "broadcast right"
    /// Both sides are dealt by key, and each worker sorts its share of both, then reads the two side by side.
    ///
    /// Neither side is built, so neither has to be small; beyond the memory, both are written to disk and merged. A key may
    /// have any number of rows on both; right ones that do not fit are read again for each 16 KiB of left rows of it. The
    /// rows of a worker come in the order of keys, whatever the memory. No row comes before both sides have ended. In a
    /// loop, a constant side is replayed and sorted anew in every round, so a hash join that builds it is mostly faster.
    /// `automatic` never takes this way, for the hash join is faster where neither side fits, too.
    case sortMerge = "sort merge"
}

/// A join's strategy as far as it is known when the job is written.
struct JoinPlacement {
    /// Beyond these bytes no side is sent to every worker unasked.
    static let broadcastBytes = 4 << 20
    /// A side is sent to every worker if the other is so many times as large: more than that many workers would have to
    /// receive it before dealing both were cheaper.
    static let broadcastRatio = 64

    var hint: JoinHint
    /// Why, where nobody said so.
    var why: String?

    /// - Parameters:
    ///   - bytes: of each side, where they are known.
    ///   - isConstant: of each side, in a loop that the other takes part in.
    init(
        _ hint: JoinHint, _ kind: JoinKind, bytes: (left: Int?, right: Int?),
        isConstant: (left: Bool, right: Bool)
    ) {
        self.hint = hint
        guard hint == .automatic else { return }
        if isConstant.left || isConstant.right {
            self.hint = isConstant.left ? .hashLeft : .hashRight
            why = "constant in a loop"
        } else if let left = bytes.left, let right = bytes.right {
            let smaller = left < right ? JoinHint.broadcastLeft : .broadcastRight
            let (small, large) = (min(left, right), max(left, right))
            if small <= JoinPlacement.broadcastBytes, small <= large / JoinPlacement.broadcastRatio,
                smaller.suits(kind)
            {
                self.hint = smaller
                why = "at most \(left) bytes left, \(right) right"
            }
        }
    }

    /// Which side is built, if one is.
    var side: JoinBuildSide {
        switch hint {
        case .automatic, .sortMerge: .automatic
        case .hashLeft, .broadcastLeft: .left
        case .hashRight, .broadcastRight: .right
        }
    }
}

extension JoinHint {
    /// Whether a join can be carried out so: rows without partner can only be told where all of the other side is seen.
    func suits(_ kind: JoinKind) -> Bool {
        switch self {
        case .broadcastLeft: kind == .inner || kind == .rightOuter
        case .broadcastRight: kind != .rightOuter && kind != .fullOuter
        default: true
        }
    }
}
