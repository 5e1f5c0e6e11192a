import GyreState
import Testing

/// What another job is refused by.
struct JobDifferenceTests {
    @Test
    func theFirstDifferenceIsNamed() {
        let job = JobFixture.job()
        let cases: [(JobDifference?, JobRecord)] = [
            (nil, job),
            (.name(was: "job", is: "other"), JobFixture.job { $0.name = "other" }),
            (.parallelism(was: 2, is: 3), JobFixture.job { $0.parallelism = 3 }),
            (
                .identity(name: "the command", was: "test", is: "other"),
                JobFixture.job { $0.identity = ["the command": "other", "a": "b"] }
            ),
            (.identity(name: "a", was: nil, is: "b"), JobFixture.job { $0.identity["a"] = "b" }),
            (
                .field(loop: "loop", name: "weight", was: "Double", is: "Int"),
                JobFixture.job { $0.loops[0].fields[1].type = "Int" }
            ),
            (
                .field(loop: "loop", name: "weight", was: "Double", is: nil),
                JobFixture.job { $0.loops[0].fields.removeLast() }
            ),
            (
                .field(loop: "loop", name: "name", was: nil, is: "String"),
                JobFixture.job { $0.loops[0].fields.append(JobRecord.Field(name: "name", type: "String")) }
            ),
            (
                .field(loop: "loop", name: "vertex", was: "Int in place 1", is: "Int in place 2"),
                JobFixture.job { $0.loops[0].fields.swapAt(0, 1) }
            ),
            (
                .aggregator(loop: "loop", name: "changes", was: "Int", is: "Double"),
                JobFixture.job { $0.loops[0].aggregators[0].type = "Double" }
            ),
            (
                .node("source/loop", part: "parameters", was: "key=vertex", is: "key=other"),
                JobFixture.job { $0.nodes[1].parameters = ["key=other"] }
            ),
            (
                .node("source", part: "kind", was: "elements", is: "generate"),
                JobFixture.job { $0.nodes[0].kind = "generate" }
            ),
            (.nodeIsGone("source"), JobFixture.job { $0.nodes.removeFirst() }),
            (
                .nodeIsNew("more"),
                JobFixture.job {
                    $0.nodes.append(
                        JobRecord.Node(uid: "more", kind: "map", instances: 2, parameters: [], inputs: []))
                }
            ),
        ]
        for (difference, other) in cases { #expect(job.difference(to: other) == difference) }
    }
}
