extension GraphLibrary {
    /// The library of this package.
    static let standard = GraphLibrary { _, _ in
        throw CommandError.notBuiltIn("the graph library")
    }
}
