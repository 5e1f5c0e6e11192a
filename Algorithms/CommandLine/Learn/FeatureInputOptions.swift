import ArgumentParser
import GyreFormats
import GyreLearning

/// The rows and how to read them.
struct FeatureInputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Features: files, folders, quoted patterns, or - for standard input. Plain, .gz or .zst.",
            valueName: "data"))
    var data: [String]

    @Option(
        name: .long,
        help: ArgumentHelp("The column to be predicted; LIBSVM has its own. (default: none)", valueName: "column"))
    var label: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The column of the rows' weights. (default: each row has the weight 1)", valueName: "column")
    )
    var weight: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The form of the data: auto (by the file's ending), csv, libsvm or jsonl. (default: auto)",
            valueName: "form"),
        transform: { name in
            switch name {
            case "auto": .auto
            case "csv": .csv
            case "libsvm": .libsvm
            case "jsonl": .jsonLines
            default: throw ValidationError("expected one of: auto, csv, libsvm, jsonl")
            }
        })
    var format: FeatureInput.Format = .auto

    @Flag(name: .long, help: "CSV has no header: its columns are x0, x1 …")
    var noHeader = false

    @OptionGroup var rejections: RejectionOptions

    /// What the library reads; bad records that are set aside go to `rejected`.
    func input(memory: Int, rejected: RejectedList) -> FeatureInput {
        let policy: GyreFormats.BadRecordPolicy =
            switch rejections.onError {
            case .fail: .fail
            case .skip: .skip
            case .setAside: .report { rejected.append($0) }
            }
        return FeatureInput(
            paths: data, format: format, label: label, weight: weight, hasHeader: !noHeader, onBadRecord: policy,
            memoryBudget: memory)
    }
}
