extension TensorFile {
    /// The elements of a tensor that has to be there, in a type and a shape.
    ///
    /// - Parameters:
    ///   - shape: the sizes that it must have; nil for one that may be anything.
    ///   - path: the file, as errors name it.
    /// - Throws: `badHeader` with what was expected and what is there.
    public func values<Scalar: TensorScalar>(
        of name: String, as type: Scalar.Type, shape: [Int?], path: String
    ) throws(FormatError) -> (values: [Scalar], shape: [Int]) {
        let sizes = shape.map { $0.map { "\($0)" } ?? "n" }.joined(separator: ", ")
        let expected = "a tensor \"\(name)\" of type \(Scalar.tensorType.rawValue) and shape [\(sizes)]"
        guard let tensor = tensors[name] else { throw .badHeader(path: path, expected: expected, found: "none") }
        let fits = tensor.shape.count == shape.count && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
        guard fits, let values = tensor.values(of: Scalar.self) else {
            throw .badHeader(path: path, expected: expected, found: "\(tensor.type.rawValue) of shape \(tensor.shape)")
        }
        return (values, tensor.shape)
    }
}
