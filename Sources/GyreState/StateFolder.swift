/// A folder as the checkpoint store uses it: flat names, and nothing that a crash test could not play.
///
/// `LocalStateFolder` is the one on disk; the tests' loses what was not synced.
package protocol StateFolder: AnyObject, Sendable {
    /// As errors show it.
    var path: String { get }
    /// Everything in the folder.
    func list() throws(CheckpointError) -> [String: StateFolderEntry]
    /// A file to write, empty; one of that name is cut to nothing.
    func create(_ name: String) throws(CheckpointError) -> any StateFile
    /// Reads bytes from `offset` on; fewer than asked for at the end, none behind it.
    func read(_ name: String, at offset: Int, count: Int) throws(CheckpointError) -> [UInt8]
    /// Gives a file another name, in place of a file that has it.
    func rename(_ name: String, to other: String) throws(CheckpointError)
    /// Removes a file; one that is not there is fine.
    func remove(_ name: String) throws(CheckpointError)
    /// Makes names durable.
    func sync() throws(CheckpointError)
    /// Holds the folder against other runs.
    func lock() throws(CheckpointError) -> any StateFolderLock
}

/// A file that is being written.
package protocol StateFile: AnyObject {
    func append(_ bytes: [UInt8]) throws(CheckpointError)
    /// Makes the bytes durable.
    func sync() throws(CheckpointError)
    func close()
}

package protocol StateFolderLock: AnyObject, Sendable {
    /// Lets others in; happens by itself when the process ends.
    func release()
}

package struct StateFolderEntry: Equatable, Sendable {
    package var size: Int
    /// Folders, pipes and links are nobody's state.
    package var isRegular: Bool

    package init(size: Int, isRegular: Bool = true) {
        self.size = size
        self.isRegular = isRegular
    }
}
