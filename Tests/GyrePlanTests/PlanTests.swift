import Gyre
import GyrePlan
import Testing

/// Plans as values: golden text, uids, and what is refused.
struct PlanTests {
    private func wordCount(_ job: Job, filtered: Bool = false) -> DataStream<KeyedValue<String, Int>> {
        let words = job.elements(["a", "b"], name: "words")
        return (filtered ? words.filter(name: "long") { $0.count > 1 } : words).keyBy(name: "word") { $0 }.count()
    }

    private func components(_ job: Job) {
        let labels = job.elements([Pair(1, 1)], name: "labels")
        let edges = job.elements([Pair(1, 2)], name: "edges")
        let changes = Aggregator<Int>.sum("changes")
        _ = labels.keyBy(name: "vertex") { $0.first }.iterate(
            workset: labels, maximum: 10, name: "components", aggregators: [changes.erased], until: { _, _ in false }
        ) { solution, work in
            let better = work.keyBy(name: "vertex") { $0.first }.join(edges.keyBy(name: "source") { $0.first }) {
                Pair($1.second, $0.second)
            }.keyBy(name: "vertex") { $0.first }.lookUp(in: solution) { row, _ in row }
            return (better, better)
        }.collect()
    }

    @Test
    func explainsABatchJob() {
        let job = Job("words")
        _ = wordCount(job).union(wordCount(job)).global().collect(name: "result")
        #expect(
            job.explain() == """
                job "words"
                  1 generate "words"  ×all  [count=2]
                  2 combine "count"  ×all  [key=word, combine=automatic]  <- 1 forward
                  3 keyedFold "count"  ×all  [key=word]  <- 2 hash(word)
                  4 generate "words"  ×all  [count=2]
                  5 combine "count"  ×all  [key=word, combine=automatic]  <- 4 forward
                  6 keyedFold "count"  ×all  [key=word]  <- 5 hash(word)
                  7 union  ×all  <- 3 forward, 6 forward
                  8 repartition  ×1  <- 7 global
                  9 collect "result"  ×1  <- 8 forward

                """)
    }

    @Test
    func explainsWhatARunChose() throws {
        let job = Job("numbers")
        let rows = job.elements([1, 2, 3])
        _ = rows.map(name: "chooser") { $0 }.uid("mine").collect()
        var result = JobResult()
        result.choices = [
            Choice(uid: "mine", node: "chooser", instance: 0, what: "left", why: "1 < 2"),
            Choice(uid: "mine", node: "chooser", instance: 1, what: "left", why: "1 < 2"),
            Choice(uid: "mine", node: "chooser", instance: 2, what: "right", why: "3 > 2"),
        ]
        #expect(
            job.explain(after: result) == """
                job "numbers"
                  1 generate "elements"  ×all  [count=3]
                  2 map "chooser"  ×all  <- 1 forward
                      chose left: 1 < 2 (instances 0, 1)
                      chose right: 3 > 2 (instance 2)
                  3 collect  ×all  <- 2 forward

                """)
    }

    @Test
    func explainsALoop() {
        let job = Job("components")
        components(job)
        #expect(
            job.explain() == """
                job "components"
                  1 generate "labels"  ×all  [count=1]
                  2 generate "edges"  ×all  [count=1]
                  3 iterate "components"  ×all  [delta, at most 10 rounds, aggregators=changes, until criterion, \
                key=vertex]  <- 1 hash(vertex), 1 forward, feedback 5 hash(vertex), feedback 5 forward
                    4 join  ×all  [type=inner, key=vertex, strategy=hash right, why=constant in a loop]  \
                <- 3 hash(vertex), 2 hash(source)
                    5 lookUp  ×all  [key=vertex]  <- 4 hash(vertex)
                  6 collect  ×all  <- 3.1 forward

                """)
    }

    @Test
    func explainsAsJSON() throws {
        let job = Job("tiny")
        _ = job.elements([1]).rebalance().collect()
        let json = try job.explainJSON()
        #expect(
            json == """
                {
                  "job" : "tiny",
                  "loops" : [

                  ],
                  "nodes" : [
                    {
                      "id" : {
                        "index" : 0
                      },
                      "inputs" : [

                      ],
                      "kind" : "generate",
                      "name" : "elements",
                      "outputTypes" : [
                        "Int"
                      ],
                      "parallelism" : {
                        "all" : {

                        }
                      },
                      "parameters" : [
                        {
                          "name" : "count",
                          "value" : "1"
                        }
                      ],
                      "uid" : "elements"
                    },
                    {
                      "id" : {
                        "index" : 1
                      },
                      "inputs" : [
                        {
                          "elementType" : "Int",
                          "isFeedback" : false,
                          "partitioning" : {
                            "rebalance" : {

                            }
                          },
                          "source" : {
                            "node" : {
                              "index" : 0
                            },
                            "port" : 0
                          }
                        }
                      ],
                      "kind" : "repartition",
                      "name" : "repartition",
                      "outputTypes" : [
                        "Int"
                      ],
                      "parallelism" : {
                        "all" : {

                        }
                      },
                      "parameters" : [

                      ],
                      "uid" : "elements/repartition"
                    },
                    {
                      "id" : {
                        "index" : 2
                      },
                      "inputs" : [
                        {
                          "elementType" : "Int",
                          "isFeedback" : false,
                          "partitioning" : {
                            "forward" : {

                            }
                          },
                          "source" : {
                            "node" : {
                              "index" : 1
                            },
                            "port" : 0
                          }
                        }
                      ],
                      "kind" : "collect",
                      "name" : "collect",
                      "outputTypes" : [
                        "Int"
                      ],
                      "parallelism" : {
                        "all" : {

                        }
                      },
                      "parameters" : [

                      ],
                      "uid" : "elements/repartition/collect"
                    }
                  ]
                }
                """)
    }

    @Test
    func plansAreComparedByTheirDescriptions() throws {
        let (one, other, third) = (Job("a"), Job("a"), Job("a"))
        _ = wordCount(one)
        _ = wordCount(other)
        _ = wordCount(third, filtered: true)
        #expect(try one.plan().description == other.plan().description)
        #expect(try one.plan().description != third.plan().description)
    }

    @Test
    func aNodeElsewhereChangesNoOtherUID() throws {
        func uids(_ extra: Bool) throws -> Set<String> {
            let job = Job()
            if extra { _ = job.generate(count: 3, name: "new") { $0 }.map(name: "twice") { $0 * 2 }.collect() }
            let counts = wordCount(job)
            if extra { _ = counts.filter(name: "rare") { $0.value < 2 }.collect() }
            _ = counts.map { $0.value }.collect()
            return Set(try job.plan().nodes.map(\.description.uid))
        }
        #expect(try uids(false).isSubset(of: uids(true)))
        #expect(try uids(false).contains("words/count/count/map/collect"))
        let job = Job()
        let source = job.elements([1])
        _ = (source.map { $0 }, source.map { $0 }, source.map { $0 }.uid("mine").filter { _ in true })
        #expect(
            try job.plan().nodes.map(\.description.uid)
                == ["elements", "elements/map", "elements/map~2", "mine", "mine/filter"])
    }

    private func refused(_ error: PlanError, _ text: String, _ write: (Job, DataStream<Int>) -> Void) {
        let job = Job()
        write(job, job.elements([1]))
        #expect(throws: error) { try job.plan() }
        #expect(error.description == text)
    }

    @Test
    func refusesWhatCannotRun() {
        refused(.duplicateUID("x"), "two nodes have the uid \"x\"; give each its own") {
            _ = ($1.map { $0 }.uid("x"), $1.map { $0 }.uid("x"))
        }
        refused(.duplicateUID("elements"), "two nodes have the uid \"elements\"; give each its own") {
            _ = $1.map { $0 }.uid("elements")
        }
        refused(
            .nestedLoop(outer: "outer", inner: "inner"),
            "loop \"inner\" is built inside the step of loop \"outer\"; a loop inside a loop is not supported: "
                + "build it before the outer loop, or unroll it"
        ) {
            _ = $1.iterate(maximum: 2, name: "outer") { $0.iterate(maximum: 2, name: "inner") { $0.map { $0 } } }
        }
        let escape =
            "node \"leak\" uses a stream of loop \"loop\" outside its step; only what the loop returns leaves it"
        refused(.escapedLoop(loop: "loop", node: "leak"), escape) { _, rows in
            var inner = rows
            _ = rows.iterate(maximum: 2, name: "loop") {
                inner = $0; return $0.map { $0 }
            }
            _ = inner.map(name: "leak") { $0 }
        }
        refused(.escapedLoop(loop: "loop", node: "leak"), escape) { _, rows in
            var inner = rows
            _ = rows.iterate(maximum: 2, name: "loop") {
                inner = $0; return $0.map { $0 }
            }
            _ = inner.iterate(maximum: 2, name: "leak") { $0.map { $0 } }
        }
        refused(
            .stepIgnoresInput(loop: "loop"),
            "the step of loop \"loop\" returns a stream that does not depend on its input"
        ) { _, rows in
            _ = rows.iterate(maximum: 2, name: "loop") { _ in rows }
        }
        refused(
            .outOfRange(node: "loop", parameter: "maximum of rounds", value: 0, expected: "at least 1"),
            "node \"loop\": maximum of rounds is 0, expected at least 1"
        ) {
            _ = $1.iterate(maximum: 0, name: "loop") { $0.map { $0 } }
        }
    }

    /// What would be ignored without a word is refused.
    @Test
    func refusesAggregatorsThatNobodyReads() {
        let sum = Aggregator(name: "sum", zero: 0) { $0 + $1 }
        let constant = "node \"add\" adds to aggregator \"sum\" but does not depend on a loop's input"
        refused(.contributesOutsideLoop(node: "add", aggregator: "sum"), constant) { _, rows in
            _ = rows.contribute(to: sum, name: "add") { $0 += $1 }
        }
        refused(.contributesOutsideLoop(node: "add", aggregator: "sum"), constant) { _, rows in
            _ = rows.iterate(maximum: 2, name: "loop", aggregators: [sum.erased]) { variable in
                variable.union(rows.contribute(to: sum, name: "add") { $0 += $1 })
            }
        }
        refused(
            .unknownAggregator(node: "add", aggregator: "sum", loop: "loop"),
            "node \"add\" adds to aggregator \"sum\", which loop \"loop\" was not given"
        ) { _, rows in
            _ = rows.iterate(maximum: 2, name: "loop") { $0.contribute(to: sum, name: "add") { $0 += $1 } }
        }
    }

    /// Nothing but what gathers all rows in one place runs on one worker.
    @Test
    func onlyGlobalNodesHaveOneInstance() throws {
        let job = Job()
        components(job)
        let counts = wordCount(job)
        _ = counts.fold(0, update: { $0 += $1.value }, merge: { $0 += $1 }).map { $0 }
        _ = counts.global()
        _ = counts.map(broadcasting: job.elements([1])) { $0.value + $1[0] }.distinct().rebalance()
        for node in try job.plan().nodes.map(\.description) where node.parallelism != .all {
            let isGathered = node.inputs.contains { $0.partitioning == .global }
            let follows = node.uid.contains("mergeFold")
            #expect(isGathered || follows, "\(node.uid)")
        }
    }
}
