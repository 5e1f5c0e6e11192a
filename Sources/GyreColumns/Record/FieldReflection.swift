// The one file that knows the standard library's field reflection, which is SPI: were it to change, this is the place,
// and `RecordLayout.of` answers nil without it.
@_spi(Reflection) import Swift

/// A stored property as the runtime's metadata has it.
struct ReflectedField {
    var name: String
    /// From the first byte of a value.
    var offset: Int
    var type: any Any.Type
}

enum FieldReflection {
    /// The stored properties of a struct in the order of declaration; nil for other kinds of types, and where the
    /// metadata were stripped.
    static func fields(of type: any Any.Type) -> [ReflectedField]? {
        var fields: [ReflectedField] = []
        let isComplete = _forEachField(of: type) { name, offset, type, _ in
            fields.append(ReflectedField(name: String(cString: name), offset: offset, type: type))
            return true
        }
        return isComplete ? fields : nil
    }
}
