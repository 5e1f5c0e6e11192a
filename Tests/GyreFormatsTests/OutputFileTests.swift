import Glibc
import GyreFormats
import Testing

/// Outputs appear whole or not at all.
struct OutputFileTests {
    private func write(_ text: String, to output: OutputFile) throws {
        let buffer = TextBuffer()
        buffer.append(text)
        try output.write(buffer)
    }

    @Test func appearsOnCommit() throws {
        let folder = TemporaryFolder()
        folder.write("old", to: "out.csv")
        chmod(folder.at("out.csv"), 0o640)
        let output = try OutputFile(path: folder.at("out.csv"))
        try write("new", to: output)
        #expect(folder.read("out.csv") == "old")
        #expect(output.temporaryPath != nil)
        try output.commit()
        #expect(folder.read("out.csv") == "new")
        #expect(folder.names == ["out.csv"])
        var status = stat()
        stat(folder.at("out.csv"), &status)
        #expect(status.st_mode & 0o777 == 0o640)
    }

    @Test func abortLeavesNothing() throws {
        let folder = TemporaryFolder()
        folder.write("old", to: "out.csv")
        for name in ["out.csv", "new.csv"] {
            let output = try OutputFile(path: folder.at(name))
            try write("half", to: output)
            output.abort()
        }
        do {
            let output = try OutputFile(path: folder.at("dropped.csv"))
            try write("half", to: output)
        }
        #expect(folder.names == ["out.csv"])
        #expect(folder.read("out.csv") == "old")
    }

    @Test func symbolicLinksAreFollowed() throws {
        let folder = TemporaryFolder()
        folder.write("old", to: "real")
        symlink("real", folder.at("link"))
        symlink("later", folder.at("dangling"))
        for name in ["link", "dangling"] {
            let output = try OutputFile(path: folder.at(name))
            try write(name, to: output)
            try output.commit()
        }
        #expect(folder.read("real") == "link")
        #expect(folder.read("later") == "dangling")
        #expect(folder.names == ["dangling", "later", "link", "real"])
    }

    @Test func whatCannotBeCreated() throws {
        let folder = TemporaryFolder()
        folder.write("", to: "file")
        let expected = [
            ("none/out.csv", "none/out.csv: cannot be created: No such file or directory"),
            ("file/out.csv", "file/out.csv: cannot be created: Not a directory"),
        ]
        for (name, message) in expected {
            let error = try #require(throws: FormatError.self) { _ = try OutputFile(path: folder.at(name)) }
            #expect(folder.relative(error) == message)
            #expect(error.category == .cannotCreate)
        }
        #expect(throws: FormatError.cannotCreate(path: folder.path, code: EISDIR)) {
            _ = try OutputFile(path: folder.path)
        }
    }

    @Test func fullDisk() throws {
        let output = try OutputFile(path: "/dev/full")
        try write("x", to: output)
        let error = try #require(throws: FormatError.self) { try output.commit() }
        #expect(error == .writeFailed(path: "/dev/full", code: ENOSPC))
        #expect(error.category == .inputOutput)
        #expect(error.description == "/dev/full: writing failed: No space left on device")
    }

    @Test func pipesAreWrittenDirectlyAndLate() throws {
        let folder = TemporaryFolder()
        let path = folder.at("pipe")
        mkfifo(path, 0o600)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        var bytes = [UInt8](repeating: 0, count: 16)
        let output = try OutputFile(path: path)
        #expect(output.temporaryPath == nil)
        try write("ab", to: output)
        #expect(read(reader, &bytes, 16) == -1)
        try output.resultIsComplete()
        #expect(read(reader, &bytes, 16) == 2)
        try write("cd", to: output)
        #expect(read(reader, &bytes, 16) == 2)
        signal(SIGPIPE, SIG_IGN)
        close(reader)
        let error = try #require(throws: FormatError.self) { try write("ef", to: output) }
        #expect(error == .brokenPipe(path: path))
        #expect(error.category == .brokenPipe)
    }

    @Test func oneFileByTwoNames() {
        let folder = TemporaryFolder()
        folder.write("", to: "a")
        symlink("a", folder.at("b"))
        #expect(FileIdentity(path: folder.at("a")) == FileIdentity(path: folder.at("b")))
        #expect(FileIdentity(path: folder.at("a")) != nil)
        #expect(FileIdentity(path: folder.at("c")) == nil)
        #expect(FileIdentity(path: "/dev/null") == nil)
    }
}
