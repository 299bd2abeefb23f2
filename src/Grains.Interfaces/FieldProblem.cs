namespace Marketing;

/// <summary>What is wrong with a field of what was given.</summary>
/// <param name="Field">Its path, for example <c>channels[0].template.subject</c>.</param>
/// <param name="Message">What is wrong, in a sentence; with line and column where a template is meant.</param>
[GenerateSerializer, Immutable, Alias("draft-problem")]
public sealed record FieldProblem([property: Id(0)] string Field, [property: Id(1)] string Message);
