import GyreColumns

/// How the columns of one file meet the fields of a record.
final class CSVColumns: Sendable {
    /// What happens to the fields of one column.
    struct Target: Sendable {
        /// From the first byte of a record.
        var offset: Int
        var type: FieldType
        /// Whether nobody needs the column.
        var isSkipped: Bool
    }

    /// The columns' names by position; empty where nothing names them.
    let names: [String]
    /// By position; empty where records are decoded through `Codable`.
    let targets: [Target]
    /// Optional fields that have no column and so no value.
    let absent: [RecordLayout.Field]

    /// Names alone, for records that are decoded through `Codable`.
    init(names: [String]) {
        self.names = names
        targets = []
        absent = []
    }

    /// Finds the column of each field by its name.
    ///
    /// - Throws: where a field that is not optional has no column, or where two columns have the name of one field.
    init(names: [String], layout: RecordLayout, path: String) throws(FormatError) {
        self.names = names
        var targets = names.map { _ in Target(offset: 0, type: FieldType(.string), isSkipped: true) }
        var absent: [RecordLayout.Field] = []
        for field in layout.fields {
            let places = names.indices.filter { names[$0] == field.name }
            if places.count > 1 { throw .repeatedColumn(path: path, name: field.name) }
            if let place = places.first {
                targets[place] = Target(offset: field.offset, type: field.type, isSkipped: false)
            } else if field.type.isOptional {
                absent.append(field)
            } else {
                throw .missingColumn(path: path, name: field.name)
            }
        }
        self.targets = targets
        self.absent = absent
    }
}
