namespace Marketing;

/// <summary>What is wrong with a field of what was given.</summary>
/// <param name="Field">Its path, for example <c>channels[0].template.subject</c>.</param>
/// <param name="Message">What is wrong, in a sentence; with line and column where a template is meant.</param>
[GenerateSerializer, Immutable, Alias("draft-problem")]
public sealed record FieldProblem([property: Id(0)] string Field, [property: Id(1)] string Message)
{
    /// <summary>The kind, where it is told: <c>required</c>, <c>not_found</c>, <c>taken</c>, <c>template</c> or <c>invalid</c>.</summary>
    [Id(2)] public string? Code { get; init; }

    /// <summary>Of a template: the line, from 1.</summary>
    [Id(3)] public int? Line { get; init; }

    /// <summary>Of a template: the column, from 1, in UTF-16 units.</summary>
    [Id(4)] public int? Column { get; init; }

    /// <summary>Something that has to be there is missing.</summary>
    public static FieldProblem Missing(string field) => new(field, "is required") { Code = "required" };

    /// <summary>It names something that is not there.</summary>
    public static FieldProblem Unknown(string field, string message) => new(field, message) { Code = "not_found" };
}
