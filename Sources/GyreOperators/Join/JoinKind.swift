/// Which rows a join makes of its two sides.
public enum JoinKind: String, Sendable, Codable, CaseIterable {
    /// Every pair of rows with equal keys.
    case inner
    /// The pairs, and each left row that has no partner.
    case leftOuter = "left outer"
    /// The pairs, and each right row that has no partner.
    case rightOuter = "right outer"
    /// The pairs, and each row of either side that has no partner.
    case fullOuter = "full outer"
    /// Each left row that has a partner, once.
    case semi
    /// Each left row that has no partner.
    case anti
}

/// What a pass has to emit in which one side is built and the other probes it.
struct JoinDuties: Equatable {
    var pairs = false
    var matchedProbe = false
    var unmatchedProbe = false
    var matchedBuild = false
    var unmatchedBuild = false

    init() {}

    init(_ kind: JoinKind, buildsLeft: Bool) {
        pairs = kind != .semi && kind != .anti
        let lonelyLeft = kind == .leftOuter || kind == .fullOuter || kind == .anti
        let lonelyRight = kind == .rightOuter || kind == .fullOuter
        unmatchedProbe = buildsLeft ? lonelyRight : lonelyLeft
        unmatchedBuild = buildsLeft ? lonelyLeft : lonelyRight
        matchedProbe = kind == .semi && !buildsLeft
        matchedBuild = kind == .semi && buildsLeft
    }

    /// Whether it has to be known which rows of the built side have partners.
    var marksBuild: Bool { matchedBuild || unmatchedBuild }

    /// Whether it has to be known which probing rows have partners.
    var marksProbe: Bool { matchedProbe || unmatchedProbe }

    /// What remains when the built side comes block by block: a block sees all probing rows, a probing row not all
    /// blocks.
    var ofBlocks: JoinDuties {
        var duties = self
        duties.matchedProbe = false
        duties.unmatchedProbe = false
        return duties
    }

    /// What then still has to be emitted, by a pass with the sides in each other's place.
    var ofReversedBlocks: JoinDuties {
        var duties = JoinDuties()
        duties.matchedBuild = matchedProbe
        duties.unmatchedBuild = unmatchedProbe
        return duties
    }

    /// Whether there is anything to do.
    var isNothing: Bool { !pairs && !marksBuild && !marksProbe }
}
