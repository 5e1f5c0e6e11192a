import Foundation

var checks = Checks()
checks.run("word count", WordCount.check)
checks.run("order report", OrderReport.check)
checks.run("refused records", OrderReport.checkRejects)
checks.run("sort within a budget", OrderReport.checkSpilling)
checks.run("delta iteration", DeltaIteration.check)
checks.run("flower clusters", FlowerClusters.check)
checks.run("graph from a file", GraphFromFile.check)
checks.run("a bad record is typed", GraphFromFile.badRecord)
do {
    let comparison = try PageRankComparison()
    checks.run("own PageRank: the kernel's loop", comparison.plan)
    checks.run("own PageRank: equal ranks", comparison.ranks)
    checks.run("own PageRank: speed", comparison.speed)
} catch {
    checks.run("own PageRank") { throw error }
}
exit(checks.exitCode)
