import Glibc

extension FormatError: CustomStringConvertible {
    /// One line for a person, naming the file first; without the program's name and without a full stop.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no such file or folder"
        case .unreadable(let path, let code): "\(path): cannot be read: \(systemText(code))"
        case .isFolder(let path): "\(path): expected a file, found a folder"
        case .emptyFolder(let path): "\(path): expected files, found an empty folder"
        case .noMatch(let pattern): "\(pattern): no file matches"
        case .standardInputTwice: "-: standard input can be named once only"
        case .readFailed(let path, let code): "\(path): reading failed: \(systemText(code))"
        case .tornArchive(let path): "\(path): the archive ends early"
        case .corruptArchive(let path, let format): "\(path): not a valid \(format.name) archive"
        case .lineTooLong(let path, let limit): "\(path): expected lines of at most \(limit >> 20) MiB"
        case .missingColumn(let path, let name):
            "\(path): expected a column \"\(RecordDefect.excerpt(name))\", found none"
        case .unknownColumn(let path, let name, let columns):
            "\(path): expected a column \"\(RecordDefect.excerpt(name))\", found \(listed(columns))"
        case .repeatedColumn(let path, let name):
            "\(path): expected one column \"\(RecordDefect.excerpt(name))\", found several"
        case .badHeader(let path, let expected, let found): "\(path): expected \(expected), found \(found)"
        case .damaged(let path, let position, let expected): "\(path): expected \(expected) at byte \(position)"
        case .badRecord(let record): record.description
        case .cannotCreate(let path, let code): "\(path): cannot be created: \(systemText(code))"
        case .writeFailed(let path, let code): "\(path): writing failed: \(systemText(code))"
        case .brokenPipe(let path): "\(path): broken pipe"
        }
    }
}

extension BadRecord: CustomStringConvertible {
    public var description: String {
        line > 0 ? "\(file):\(line): \(defect)" : "\(file): \(defect)"
    }
}

extension RecordDefect: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingField(let field): "expected a \(field), found the end of the line"
        case .extraField(let found, let limit): "expected at most \(limit) fields, found \"\(found)\""
        case .notANumber(let found): "expected a weight, found \"\(found)\""
        case .notFinite(let found): "expected a finite weight, found \"\(found)\""
        case .negativeWeight(let found): "expected a weight of at least 0, found \"\(found)\""
        case .missingIdentifier: "expected an identifier, found an empty field"
        case .moreThanOneIdentifier(let found): "expected one identifier, found also \"\(found)\""
        case .invalidUTF8(let found): "expected UTF-8, found \"\(found)\""
        case .nulByte: "expected text, found a NUL byte"
        case .badQuotes(let found): "expected a closing quote at the end of the field, found \"\(found)\""
        case .notAnInteger(let found): "expected an integer, found \"\(found)\""
        case .noField(let column):
            "expected a value for \"\(RecordDefect.excerpt(column))\", found the end of the record"
        case .wrongValue(let column, let expected, let found):
            "expected \(expected) for \"\(RecordDefect.excerpt(column))\", found \"\(found)\""
        case .unclosedQuote(let found): "expected a closing quote, found none behind \"\(found)\""
        case .strayQuote(let found): "expected quotes around the whole field, found \"\(found)\""
        case .malformed(let expected, let found): "expected \(expected), found \"\(found)\""
        case .matrixBanner(let found): "expected \"%%MatrixMarket matrix coordinate …\", found \"\(found)\""
        case .matrixKind(let found):
            "expected coordinate, real, integer or pattern, general or symmetric, found \"\(found)\""
        case .matrixSize(let found): "expected rows, columns and entries, found \"\(found)\""
        case .matrixIndex(let found, let limit): "expected an index from 1 to \(limit), found \"\(found)\""
        case .matrixEntries(let stated, let found): "expected \(stated) entries, found \(found)"
        }
    }
}

/// The first few names.
private func listed(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "\"\(RecordDefect.excerpt($0))\"" }.joined(separator: ", ")
    return names.count > 8 ? shown + " and \(names.count - 8) more" : shown
}

private func systemText(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
