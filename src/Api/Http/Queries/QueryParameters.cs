namespace Marketing.Http;

/// <summary>A query parameter an endpoint reads, for the OpenAPI document.</summary>
/// <param name="Name">Its name, brackets included.</param>
/// <param name="Sentence">What it does.</param>
internal sealed record QueryParameter(string Name, string Sentence)
{
    /// <summary>Whether the value is a whole number.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether the value is a point in time.</summary>
    public bool IsInstant { get; init; }

    /// <summary>Whether it may be given several times.</summary>
    public bool IsList { get; init; }

    /// <summary>The smallest and the largest number.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>The values there are, if they are few.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What holds when it is not given.</summary>
    public string? Default { get; init; }
}

/// <summary>All query parameters an endpoint reads. Endpoint metadata.</summary>
internal sealed record QueryParameters(IReadOnlyList<QueryParameter> All);

/// <summary>Says them.</summary>
internal static class QueryParameterExtensions
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters) =>
        endpoint.WithMetadata(new QueryParameters(parameters));
}
