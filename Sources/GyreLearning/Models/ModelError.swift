/// Why a folder cannot be used as a model.
public enum ModelError: Error, Equatable, Sendable {
    /// The folder, or a file of it, is missing.
    case missing(path: String)
    /// A file is not what the model says of it, or not what a model's file looks like.
    case damaged(path: String, expected: String)
    /// Written by a later version, whose form is not known here.
    case newer(path: String, version: Int, known: Int)
    /// The model of another algorithm.
    case otherAlgorithm(path: String, expected: String, found: String)
    /// The weights do not fit the algorithm.
    case badWeights(tensor: String, expected: String)
}

extension ModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no model there"
        case .damaged(let path, let expected): "\(path): the model is damaged, expected \(expected)"
        case .newer(let path, let version, let known):
            "\(path): a model of form \(version), the latest known here is \(known)"
        case .otherAlgorithm(let path, let expected, let found):
            "\(path): a model of \(found), expected one of \(expected)"
        case .badWeights(let tensor, let expected): "the model's tensor \"\(tensor)\": expected \(expected)"
        }
    }

    /// The file or folder that it is about.
    public var path: String? {
        switch self {
        case .missing(let path), .damaged(let path, _), .newer(let path, _, _), .otherAlgorithm(let path, _, _): path
        case .badWeights: nil
        }
    }
}
