import Testing

/// A command line that is refused, and how.
struct UsageDefect: Sendable, CustomTestStringConvertible {
    var arguments: String
    var code: Int32
    /// Standard error without `gyre: ` and the line's end.
    var message: String

    init(_ arguments: String, _ code: Int32, _ message: String) {
        self.arguments = arguments
        self.code = code
        self.message = message
    }

    var testDescription: String { "gyre \(arguments)" }
}

extension CommandLineTests {
    struct UsageTests {
        /// Commands × defects. `in.txt` is there and holds an edge, `folder` is an empty folder.
        static let defects = [
            UsageDefect("", 64, "expected a command, one of: graph, learn, generate"),
            UsageDefect("frob", 64, "unexpected argument 'frob'"),
            UsageDefect("--frob", 64, "unknown option '--frob'"),
            UsageDefect("graph", 64, "expected an algorithm, one of: pagerank, connected-components, bfs, sssp"),
            UsageDefect("graph page-rank in.txt", 64, "2 unexpected arguments: 'page-rank', 'in.txt'"),
            UsageDefect("graph pagerank", 64, "missing expected argument '<edges> ...'"),
            UsageDefect("graph bfs in.txt", 64, "missing expected argument '--source <id>'"),
            UsageDefect("graph bfs in.txt --source", 64, "missing value for '--source <id>'"),
            UsageDefect("graph bfs in.txt --source 1 --damping 1", 64, "unknown option '--damping'"),
            UsageDefect(
                "graph pagerank in.txt --checkpoint-every 2", 64, "--checkpoint-every: expected --checkpoint with it"),
            UsageDefect("graph bfs in.txt --source 1 --resume", 64, "--resume: expected --checkpoint with it"),
            UsageDefect(
                "graph sssp in.txt --source 1 --checkpoint folder --checkpoint-every 0", 64,
                "the value '0' is invalid for '--checkpoint-every <k>': expected a whole number of at least 1"),
            UsageDefect(
                "graph pagerank in.txt --checkpoint in.txt", 73, "in.txt: cannot be created: Not a directory"),
            UsageDefect(
                "graph pagerank in.txt --iterations 0", 64,
                "the value '0' is invalid for '--iterations <n>': expected a whole number of at least 1"),
            UsageDefect(
                "graph pagerank in.txt --iterations -3", 64,
                "the value '-3' is invalid for '--iterations <n>': expected a whole number of at least 1"),
            UsageDefect(
                "graph pagerank in.txt --tolerance -1", 64,
                "the value '-1' is invalid for '--tolerance <x>': expected a number of at least 0.0"),
            UsageDefect(
                "graph pagerank in.txt --tolerance nan", 64,
                "the value 'nan' is invalid for '--tolerance <x>': expected a number of at least 0.0"),
            UsageDefect(
                "graph pagerank in.txt --damping 1.5", 64,
                "the value '1.5' is invalid for '--damping <d>': expected a number from 0.0 to 1.0"),
            UsageDefect(
                "graph pagerank in.txt --precision half", 64,
                "the value 'half' is invalid for '--precision <type>'. "
                    + "Please provide one of 'double' and 'single'"),
            UsageDefect(
                "graph pagerank in.txt --format xml", 64,
                "the value 'xml' is invalid for '--format <form>': "
                    + "expected one of: auto, edge-list, csv, mtx, ldbc"),
            UsageDefect(
                "graph pagerank in.txt --parallelism 0", 64,
                "the value '0' is invalid for '--parallelism <n>': expected a whole number from 1 to 4096"),
            UsageDefect(
                "graph pagerank in.txt --memory 4GiX", 64,
                "the value '4GiX' is invalid for '--memory <size>': "
                    + "expected bytes, or a whole number with KiB, MiB, GiB, kB, MB or GB"),
            UsageDefect(
                "graph pagerank in.txt --memory 9999999TiB", 64,
                "the value '9999999TiB' is invalid for '--memory <size>': "
                    + "expected at least 1 byte and less than 8 EiB"),
            UsageDefect(
                "graph pagerank in.txt --progress yes", 64,
                "the value 'yes' is invalid for '--progress <when>'. "
                    + "Please provide one of 'auto', 'always' or 'never'"),
            UsageDefect(
                "graph pagerank in.txt -o ranks.xml", 64,
                "ranks.xml: expected a name that ends in .csv, .tsv, .jsonl or .txt"),
            UsageDefect("graph pagerank in.txt -o in.txt", 64, "in.txt: is an output and an input"),
            UsageDefect("graph pagerank in.txt -o ./in.txt", 64, "./in.txt: is an output and an input"),
            UsageDefect("graph pagerank in.txt --report in.txt", 64, "in.txt: is an output and an input"),
            UsageDefect(
                "graph pagerank in.txt --vertices vertices.v --on-error vertices.v", 64,
                "vertices.v: is an output and an input"),
            UsageDefect(
                "graph pagerank in.txt -o a.csv --report folder/../a.csv", 64,
                "a.csv: --report and --output write to one place"),
            UsageDefect("graph pagerank in.txt --report -", 64, "-: --report and --output write to one place"),
            UsageDefect("graph pagerank - --vertices -", 64, "-: standard input can be named once only"),
            UsageDefect("graph pagerank - -", 64, "-: standard input can be named once only"),
            UsageDefect("graph pagerank none.txt", 66, "none.txt: no such file or folder"),
            UsageDefect("graph pagerank in.txt none.txt", 66, "none.txt: no such file or folder"),
            UsageDefect("graph pagerank none*.txt", 66, "none*.txt: no file matches"),
            UsageDefect("graph pagerank folder", 66, "folder: expected files, found an empty folder"),
            UsageDefect(
                "graph pagerank in.txt --vertices folder", 66, "folder: expected a file, found a folder"),
            UsageDefect(
                "graph pagerank in.txt -o none/a.csv", 73,
                "none/a.csv: cannot be created: No such file or directory"),
            UsageDefect(
                "graph pagerank in.txt --report none/a.json", 73,
                "none/a.json: cannot be created: No such file or directory"),
            UsageDefect(
                "graph pagerank in.txt --memory 1", 69,
                "node \"readEdges\" needs 8 bytes that cannot be spilled, the memory budget is 1"),
            UsageDefect("graph bfs in.txt --source 3", 65, "--source: vertex \"3\" is not in the graph"),
            UsageDefect("graph sssp in.txt --source x", 65, "--source: vertex \"x\" is not in the graph"),
            UsageDefect("graph bfs in.txt --source -1", 65, "--source: vertex \"-1\" is not in the graph"),
            UsageDefect("generate", 64, "expected a kind, one of: rmat, grid, blobs, classification, regression"),
            UsageDefect("generate rmat", 64, "missing expected argument '--scale <s>'"),
            UsageDefect("generate rmat --scale 3 more", 64, "unexpected argument 'more'"),
            UsageDefect(
                "generate rmat --scale 41", 64,
                "the value '41' is invalid for '--scale <s>': expected a whole number from 0 to 40"),
            UsageDefect(
                "generate rmat --scale 3 --edge-factor 0", 64,
                "the value '0' is invalid for '--edge-factor <f>': expected a whole number from 1 to 65536"),
            UsageDefect(
                "generate rmat --scale 3 --seed -1", 64,
                "the value '-1' is invalid for '--seed <n>': "
                    + "expected a whole number from 0 to 9223372036854775807"),
            UsageDefect(
                "generate grid --rows 0 --columns 1", 64,
                "the value '0' is invalid for '--rows <r>': expected a whole number from 1 to 1073741824"),
            UsageDefect("generate blobs --columns 1", 64, "missing expected argument '--rows <n>'"),
            UsageDefect("generate regression --rows 1", 64, "missing expected argument '--columns <d>'"),
            UsageDefect(
                "generate blobs --rows 0 --columns 1", 64,
                "the value '0' is invalid for '--rows <n>': expected a whole number from 1 to 1099511627776"),
            UsageDefect(
                "generate classification --rows 1 --columns 10001", 64,
                "the value '10001' is invalid for '--columns <d>': expected a whole number from 1 to 10000"),
            UsageDefect(
                "generate blobs --rows 1 --columns 1 --centers 0", 64,
                "the value '0' is invalid for '--centers <k>': expected a whole number from 1 to 10000"),
            UsageDefect(
                "generate blobs --rows 1 --columns 1 --deviation -1", 64,
                "the value '-1' is invalid for '--deviation <s>': expected a number of at least 0.0"),
            UsageDefect(
                "generate regression --rows 1 --columns 1 --noise inf", 64,
                "the value 'inf' is invalid for '--noise <s>': expected a number of at least 0.0"),
            UsageDefect("generate classification --rows 1 --columns 1 --weights", 64, "unknown option '--weights'"),
            UsageDefect(
                "generate regression --rows 1 --columns 1 -o t.npy", 64,
                "t.npy: expected a name that ends in .csv, .tsv, .jsonl, .txt or .libsvm"),
            UsageDefect(
                "generate blobs --rows 1 --columns 1 -o none/t.libsvm", 73,
                "none/t.libsvm: cannot be created: No such file or directory"),
            UsageDefect(
                "generate grid --rows 1 --columns 1 -o grid.mtx", 64,
                "grid.mtx: expected a name that ends in .csv, .tsv, .jsonl, .txt or .e"),
            UsageDefect(
                "generate grid --rows 1 --columns 1 -o grid.csv --vertices-output grid.csv", 64,
                "grid.csv: --output and --vertices-output write to one place"),
            UsageDefect(
                "generate grid --rows 1 --columns 1 -o none/grid.csv", 73,
                "none/grid.csv: cannot be created: No such file or directory"),
            UsageDefect(
                "generate grid --rows 1 --columns 1 -o in.txt/grid.csv", 73,
                "in.txt/grid.csv: cannot be created: Not a directory"),
        ]

        @Test("Refused with one line, and nothing is left", arguments: defects)
        func refused(_ defect: UsageDefect) throws {
            let folder = try WorkFolder()
            try folder.write("1 2\n", to: "in.txt")
            try folder.write("1\n", to: "vertices.v")
            let shell = "mkdir -p folder"
            let outcome = try GyreProcess.run(
                defect.arguments.split(separator: " ").map(String.init), in: folder.path, shell: shell)
            #expect(outcome.code == defect.code)
            #expect(outcome.errors == "gyre: \(defect.message)\n")
            #expect(outcome.output == "")
            #expect(folder.names == ["folder", "in.txt", "vertices.v"])
            #expect(try folder.read("in.txt") == "1 2\n")
        }
    }
}
