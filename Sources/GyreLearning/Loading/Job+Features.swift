public import Gyre
import GyreFormats

extension Job {
    /// A stream of the rows of files as blocks to be scored, in the columns of a schema.
    ///
    /// Columns are found by name, in whatever order they stand; columns that the schema does not have are skipped
    /// unparsed. LIBSVM's features are the schema's by number, and those behind its last are left out. A block holds the
    /// rows of about 1 MiB of text, and `FeatureBlock.place` says where it stands.
    ///
    /// - Parameters:
    ///   - input: its own label and weight are not asked for; the schema has them.
    ///   - requiresLabel: whether the schema's label must be there. Otherwise it is read if there is such a column, and
    ///     one that is left empty is NaN, or an empty text. Weights are read if there is such a column, and must be there
    ///     where the input names one.
    /// - Throws (at run time): `FormatError` where a file cannot be read or lacks a column, and `BadRecord` for the
    ///   first record that is refused, unless the input says otherwise.
    public func features(
        _ input: FeatureInput, schema: FeatureSchema, requiresLabel: Bool, name: String? = nil
    ) -> DataStream<FeatureBlock> {
        features(
            input, schema: schema, requiresLabel: requiresLabel, blockSize: TextBlockReader.defaultBlockSize,
            name: name)
    }

    /// The same in blocks of another size.
    package func features(
        _ input: FeatureInput, schema: FeatureSchema, requiresLabel: Bool, blockSize: Int, name: String? = nil
    ) -> DataStream<FeatureBlock> {
        let (paths, requiresWeight) = (input.paths, input.weight != nil)
        let columns = input.columns(of: schema)
        let records = RecordInput {
            let files = try InputFiles.resolve(paths)
            var columns = columns
            columns.format = try columns.format.resolved(for: files)
            try columns.checkColumns(features: schema.features)
            return FeatureFileReader(
                files: files, format: columns.format, hasHeader: columns.hasHeader,
                layout: FeatureLayout(schema, requiresLabel: requiresLabel, requiresWeight: requiresWeight),
                blockSize: blockSize)
        } makeParser: {
            FeatureBlockParser(account: nil, rejections: nil)
        }.from(paths)
        return self.records(
            records, of: FeatureBlock.self, kind: FeatureBlockParser.node, name: name,
            parameters: [.init("files", paths.joined(separator: " "))], onError: input.onBadRecord)
    }
}

extension FeatureInput {
    /// The input with the label and, where one is asked for, the weight of a schema.
    fileprivate func columns(of schema: FeatureSchema) -> FeatureInput {
        var input = self
        input.label = schema.label?.name
        input.weight = weight == nil ? nil : schema.weight
        return input
    }
}
