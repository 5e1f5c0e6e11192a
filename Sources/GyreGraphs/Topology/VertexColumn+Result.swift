public import GyreFormats

/// A vertex column as a column of a result: lent where it lies, so that writing it needs no copy.
private struct LentColumn<Value: BitwiseCopyable & Sendable & Codable>: ResultHolder {
    let column: VertexColumn<Value>
    let form: @Sendable (UnsafePointer<Value>) -> ResultColumn

    var count: Int { column.count }

    func withColumn(_ body: (ResultColumn) -> Void) {
        column.withElements { values in
            if let first = values.baseAddress, !values.isEmpty { body(form(first)) }
        }
    }
}

extension VertexColumn where Value == UInt32 {
    /// The column for a writer; `unreached` is the value that stands for none. O(1).
    public func result(unreached: UInt32? = nil) -> ResultValues {
        .held(LentColumn(column: self) { .counts($0, unreached: unreached) })
    }
}

extension VertexColumn where Value == Float {
    /// The column for a writer; `unreached` is the value that stands for none. O(1).
    public func result(unreached: Float? = nil) -> ResultValues {
        .held(LentColumn(column: self) { .floats($0, unreached: unreached) })
    }
}

extension VertexColumn where Value == Double {
    /// The column for a writer; `unreached` is the value that stands for none. O(1).
    public func result(unreached: Double? = nil) -> ResultValues {
        .held(LentColumn(column: self) { .doubles($0, unreached: unreached) })
    }
}
