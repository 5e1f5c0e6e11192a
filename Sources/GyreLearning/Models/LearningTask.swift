/// What a model predicts.
public enum LearningTask: String, Codable, Sendable {
    /// A number.
    case regression
    /// One of the classes that it was fitted on, with a probability.
    case classification
    /// The number of a cluster.
    case clustering
}
