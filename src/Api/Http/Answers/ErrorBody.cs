namespace Marketing.Http;

// For the OpenAPI document; ApiError writes it.

/// <summary>What every error looks like.</summary>
internal sealed record ErrorBody
{
    /// <summary>The HTTP status again.</summary>
    public required int Code { get; init; }

    /// <summary>Stable name of the kind of error.</summary>
    public required string Key { get; init; }

    public required string Message { get; init; }

    /// <summary>What was wrong with this request.</summary>
    public string? Details { get; init; }

    /// <summary>Also in the header <c>X-Request-Id</c>.</summary>
    public required string RequestId { get; init; }

    public string? ResourceId { get; init; }

    public string? ResourceType { get; init; }

    /// <summary>What the shop wrote for its customers to read, where it did.</summary>
    public ErrorTold? Error { get; init; }

    /// <summary>What is wrong with the distribution or the body, field by field.</summary>
    public IReadOnlyList<FieldProblem>? Problems { get; init; }
}

/// <summary>A message for customers.</summary>
internal sealed record ErrorTold
{
    public required string Message { get; init; }
}
