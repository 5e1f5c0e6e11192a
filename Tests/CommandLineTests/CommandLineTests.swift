import Testing

/// Whole commands: files in, files and exit codes out.
///
/// One after the other: a child must not inherit the pipes of another, or a pipe would seem to have a reader still.
@Suite(.serialized) enum CommandLineTests {}
