namespace Marketing.Distributions;

/// <summary>What is still missing.</summary>
internal sealed record ValidationResponse(bool Valid, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>Every problem has a kind here.</summary>
    public static ValidationResponse Of(IReadOnlyList<FieldProblem> problems) =>
        new(problems.Count == 0, [.. problems.Select(static problem => problem.Code is null ? problem with { Code = "invalid" } : problem)]);
}

/// <summary>The messages of a preview, by channel type.</summary>
internal sealed record PreviewResponse(IReadOnlyDictionary<string, RawJson> Messages);

/// <summary>The messages of a test send.</summary>
internal sealed record TestResponse(IReadOnlyList<TestAttempt> Attempts);

/// <summary>Distributions of a campaign and what became of them.</summary>
internal sealed record CampaignPerformanceResponse(
    IReadOnlyList<DistributionPerformance> Distributions, long Total, long CodesIssued, long MessagesDelivered, long CodesRedeemed, decimal RedemptionRate)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "distributions";
}

/// <summary>How many failed messages were queued again.</summary>
internal sealed record RetryResponse(int Retried);
