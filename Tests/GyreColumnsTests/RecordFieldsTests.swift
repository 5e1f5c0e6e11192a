import GyreColumns
import Testing

/// What types say of themselves.
struct RecordFieldsTests {
    private struct Inner { var weight: Double; var flag: Bool? }
    private struct Outer {
        var name: String; var inner: Inner; var list: [Inner]; var kind: Kind; var table: [Int: Inner]
    }
    private struct Tree { var value: Int; var children: [Tree] }
    private enum Kind { case one, two }
    private struct Box<Value> { var value: Value }

    private func text(_ type: Any.Type) -> [String] { RecordFields.of(type).map { "\($0.name): \($0.type)" } }

    @Test
    func fieldsOfStructures() {
        #expect(text(Inner.self) == ["weight: Double", "flag.optional: Bool"])
        #expect(
            text(Outer.self) == [
                "name: String", "inner.weight: Double", "inner.flag.optional: Bool", "list.element.weight: Double",
                "list.element.flag.optional: Bool", "kind: Kind", "table.key: Int", "table.value.weight: Double",
                "table.value.flag.optional: Bool",
            ])
        #expect(text(Box<Float>.self) == ["value: Float"])
    }

    @Test
    func whatHasNoFieldsIsItself() {
        #expect(text(Int.self) == [": Int"])
        #expect(text(String.self) == [": String"])
        #expect(text([UInt32].self) == ["element: UInt32"])
        #expect(text(Kind.self) == [": Kind"])
    }

    @Test
    func aTypeThatHoldsItselfEnds() {
        #expect(text(Tree.self) == ["value: Int", "children.element: Tree"])
    }

    /// A local type's qualified name holds an address.
    @Test
    func localTypesHaveStableNames() {
        struct Local { var inner: Inner; var box: Box<[Local]> }
        #expect(text(Box<Kind>.self) == ["value: Kind"])
        #expect(text(Local.self).allSatisfy { !$0.contains("$") })
    }
}
