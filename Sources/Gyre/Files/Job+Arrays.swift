public import GyreFormats
import GyrePlan

extension Job {
    /// Reads arrays of NumPy's (`.npy`, versions 1 to 3, one or two dimensions) as rows of numbers.
    ///
    /// - Parameters:
    ///   - paths: as for `csv`; several arrays are one input.
    ///   - type: `Double`, `Float`, `Int64` or `Int32`, which must be the array's own.
    /// - Throws (at run time): `FormatError` where a file cannot be read, is no such array, or ends early.
    /// - Complexity: an allocation a row. Memory: some blocks of 1 MiB a worker; a two-dimensional array in Fortran's
    ///   order is held whole, since each of its rows is spread over the file.
    public func npy<Scalar: ArrayScalar>(
        _ paths: [String], of type: Scalar.Type, name: String? = nil
    ) -> DataStream<[Scalar]> {
        records(
            RecordInput {
                ArrayBlockReader(files: try InputFiles.resolve(paths), type: Scalar.self)
            } makeParser: {
                ArrayParser<Scalar>()
            }.from(paths), of: [Scalar].self, kind: "readArray", name: name,
            parameters: [.init("files", paths.joined(separator: " "))])
    }
}

extension DataStream {
    /// Writes rows of one width as a two-dimensional array of NumPy's, in C's order.
    ///
    /// - Throws (at run time): `FormatError` where the output cannot be created or written (the head holds the number
    ///   of rows and is written last, so that the file cannot be packed), `RecordDefect` for rows of several widths.
    ///   Either way nothing is left behind.
    public func writeNpy<Scalar: ArrayScalar>(
        to path: String, as arrangement: FileArrangement = .oneFile, name: String? = nil
    ) where Element == [Scalar] {
        write(
            RecordOutput(ending: ".npy") { ArrayFormatter<Scalar>() }, to: path, as: arrangement,
            kind: "writeArray", name: name)
    }
}
