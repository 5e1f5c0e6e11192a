import Foundation
import Gyre
import Testing

/// What joins keep in memory, seen from outside, in a process of its own.
struct JoinMemoryTests {
    /// The most memory that this process has ever had resident, in bytes.
    private static func peakResident() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? .max >> 10) << 10
    }

    /// Sides of 96 MB each, generated as they are read, are joined by every kind in 16 MiB: the process stays below
    /// half of one side above what it was.
    @Test
    func theBudgetHolds() async {
        await #expect(processExitsWith: .success) {
            let before = JoinMemoryTests.peakResident()
            for kind in JoinKind.allCases {
                let job = Job()
                let left = job.generate(count: 1_500_000) {
                    JoinTests.Row(key: $0 &* 7_368_787 % 2_000_003, number: $0)
                }
                let right = job.generate(count: 1_500_000) {
                    JoinTests.Row(key: $0 &* 3_145_739 % 2_000_003, number: $0)
                }
                let digest = JoinTests.digest(
                    JoinTests.join(kind, left.keyBy(\.key), right.keyBy(\.key), hint: .automatic))
                let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: 16 << 20))
                precondition(result.spilledBytes > 96_000_000, "\(kind): \(result.spilledBytes) bytes spilled")
                // Both factors are units modulo the prime, so keys are distinct: 1,500,000 of 2,000,003 on either side.
                let count = digest.elements.first?.count ?? 0
                precondition(count > 0 && count <= 2_000_003, "\(kind): \(count) rows")
            }
            let grown = JoinMemoryTests.peakResident() - before
            precondition(grown < 48_000_000, "\(grown) bytes more than before, in a budget of \(16 << 20)")
        }
    }
}
