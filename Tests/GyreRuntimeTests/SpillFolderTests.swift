import Foundation
import Gyre
import GyreOperators
import Testing

/// What a job keeps on disk, and what it may keep in memory.
struct SpillFolderTests {
    private func crossJob() -> (Job, Collected<Int>) {
        let job = Job("cross")
        let right = job.elements(Array(0..<20_000))
        let sums = job.elements(Array(1...3)).cross(right) { $0 * 100_000 + $1 }.fold(
            0, update: { $0 &+= $1 }, merge: { $0 &+= $1 })
        return (job, sums.collect())
    }

    private let expected = (1...3).reduce(0) { sum, left in
        (0..<20_000).reduce(sum) { $0 + left * 100_000 + $1 }
    }

    @Test
    func jobsSpillBeyondTheirBudgetAndLeaveNothing() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gyre-spill-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (job, sums) = crossJob()
        var configuration = JobConfiguration(parallelism: 2, spillFolder: folder.path)
        #expect(try job.run(configuration).spilledBytes == 0)
        #expect(sums.elements == [expected])
        // 160 kB on each of two workers, who have 64 KiB each and 128 KiB together, which one may leave to the other.
        configuration.memoryBudget = 256 << 10
        let result = try job.run(configuration)
        #expect(sums.elements == [expected])
        #expect(result.spilledBytes > 16 << 10)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test
    func aFolderThatIsMissingIsNamed() throws {
        let (job, _) = crossJob()
        let configuration = JobConfiguration(parallelism: 2, memoryBudget: 256 << 10, spillFolder: "/nowhere/at/all")
        #expect {
            try job.run(configuration)
        } throws: { error in
            guard let error = (error as? OperatorError)?.underlying as? SpillError else { return false }
            return "\(error)".hasPrefix("/nowhere/at/all: cannot create a spill file")
        }
    }

    /// A folder in which nobody can make a file, root neither; and what is no folder.
    @Test(arguments: ["/proc/self", "/dev/null"])
    func aFolderThatCannotBeWrittenIsNamed(path: String) throws {
        let (job, _) = crossJob()
        let configuration = JobConfiguration(parallelism: 2, memoryBudget: 256 << 10, spillFolder: path)
        #expect {
            try job.run(configuration)
        } throws: { error in
            guard let error = (error as? OperatorError)?.underlying as? SpillError else { return false }
            return "\(error)".hasPrefix("\(path): cannot create a spill file")
        }
    }

    /// A disk that is full, played by a limit on the size of files, in a process of its own.
    @Test
    func aDiskThatIsFullIsNamed() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 8 << 10, rlim_max: 8 << 10)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let (job, _) = SpillFolderTests().crossJob()
            let folder = JobConfiguration.temporaryFolder
            do {
                _ = try job.run(JobConfiguration(parallelism: 2, memoryBudget: 256 << 10, spillFolder: folder))
                fatalError("nothing failed")
            } catch let error as OperatorError {
                let text = "\((error.underlying as? SpillError).map { "\($0)" } ?? "\(error)")"
                guard text.hasPrefix("\(folder): cannot write") else { fatalError(text) }
            }
        }
    }

    @Test
    func aBudgetTooSmallForItsOperatorsIsRefused() throws {
        let (job, _) = crossJob()
        #expect(throws: MemoryError.budgetTooSmall(need: 256 << 10, budget: 255 << 10)) {
            try job.run(JobConfiguration(parallelism: 2, memoryBudget: 255 << 10))
        }
    }
}
