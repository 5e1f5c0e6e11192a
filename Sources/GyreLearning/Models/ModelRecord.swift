public import GyreFormats

/// All that a fitted transformer is, as values: what a model's folder holds.
public struct ModelRecord: Equatable, Sendable {
    /// The algorithm, by its kebab-case name.
    public var algorithm: String
    /// What it was fitted with.
    public var parameters: [String: ModelParameter]
    /// The columns it was fitted on.
    public var schema: FeatureSchema
    /// A classifier's classes, in their order.
    public var classes: [LabelValue]?
    /// What is known of the fit: loss, rounds. Values that are no numbers are left out of the file.
    public var metrics: [String: Double]
    /// The learned numbers, by name: `coefficients`, `intercept`, `centroids` …
    public var tensors: [String: Tensor]
    /// What a pipeline is made of, in order; in the file their tensors are named `0.means`, `1.coefficients` …
    public var stages: [ModelRecord]

    public init(
        algorithm: String, parameters: [String: ModelParameter] = [:], schema: FeatureSchema,
        classes: [LabelValue]? = nil, metrics: [String: Double] = [:], tensors: [String: Tensor] = [:],
        stages: [ModelRecord] = []
    ) {
        self.algorithm = algorithm
        self.parameters = parameters
        self.schema = schema
        self.classes = classes
        self.metrics = metrics
        self.tensors = tensors
        self.stages = stages
    }

    /// The numbers of a tensor that has to be there.
    ///
    /// - Parameter shape: its sizes; nil for one that may be anything.
    /// - Throws: `ModelError.badWeights`.
    public func numbers(_ name: String, shape: [Int?]) throws(ModelError) -> [Double] {
        guard let tensor = tensors[name] else { throw .badWeights(tensor: name, expected: "to be there") }
        let fits = tensor.shape.count == shape.count && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
        guard fits, let values = tensor.doubles else {
            let sizes = shape.map { $0.map { "\($0)" } ?? "n" }.joined(separator: " × ")
            throw .badWeights(tensor: name, expected: "F64 of \(sizes.isEmpty ? "one number" : sizes)")
        }
        guard values.allSatisfy(\.isFinite) else { throw .badWeights(tensor: name, expected: "finite numbers") }
        return values
    }
}

/// A parameter of an algorithm, as a model's folder holds it.
public enum ModelParameter: Equatable, Sendable {
    case number(Double)
    case whole(Int)
    case flag(Bool)
    case text(String)
    case none
}

extension ModelParameter: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? container.decode(Int.self) {
            self = .whole(whole)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .none: try container.encodeNil()
        }
    }
}
