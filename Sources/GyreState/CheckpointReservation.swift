import Synchronization

/// A folder that is held: by one process, and in it by one run at a time.
final class CheckpointReservation: Sendable {
    let folder: LocalStateFolder
    private let lock: any StateFolderLock
    private let isMade: Bool
    private let isTaken = Atomic<Bool>(false)

    init(folder path: String) throws(CheckpointError) {
        (folder, isMade) = try LocalStateFolder.make(at: path)
        lock = try folder.lock()
    }

    deinit {
        if isMade { folder.discardUnfinished(isMade: true) }
        lock.release()
    }

    /// Removes what an end before the first checkpoint would leave behind.
    func discardUnfinished() { folder.discardUnfinished(isMade: isMade) }

    /// Hands the folder to a run.
    func take() throws(CheckpointError) -> any StateFolderLock {
        guard !isTaken.exchange(true, ordering: .sequentiallyConsistent) else {
            throw .inUse(folder: folder.path, process: nil)
        }
        return Turn(self)
    }

    private final class Turn: StateFolderLock {
        private let reservation: CheckpointReservation

        init(_ reservation: CheckpointReservation) {
            self.reservation = reservation
        }

        func release() { reservation.isTaken.store(false, ordering: .sequentiallyConsistent) }
    }
}
