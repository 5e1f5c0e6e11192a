import Glibc
import GyreFormats
import Testing

struct OutputIdentityTests {
    @Test func onePlaceByTwoNames() {
        let folder = TemporaryFolder()
        folder.write("", to: "old.csv")
        symlink("old.csv", folder.at("link.csv"))
        symlink("new.csv", folder.at("dangling.csv"))
        mkdir(folder.at("inner"), 0o700)
        func identity(_ name: String) -> OutputIdentity? { OutputIdentity(path: folder.at(name)) }
        #expect(identity("old.csv") != nil)
        #expect(identity("old.csv") == identity("link.csv"))
        #expect(identity("old.csv") == identity("inner/../old.csv"))
        #expect(identity("new.csv") != nil)
        #expect(identity("new.csv") == identity("inner/../new.csv"))
        #expect(identity("new.csv") == identity("dangling.csv"))
        #expect(identity("new.csv") != identity("inner/new.csv"))
        #expect(identity("new.csv") != identity("old.csv"))
    }

    @Test func whatHasNone() {
        let folder = TemporaryFolder()
        #expect(OutputIdentity(path: folder.at("none/a.csv")) == nil)
        #expect(OutputIdentity(path: "/dev/null") == nil)
        #expect(OutputIdentity(path: "-") == .standardOutput)
    }
}
