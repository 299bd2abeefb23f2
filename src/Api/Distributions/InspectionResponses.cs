namespace Marketing.Distributions;

/// <summary>What is to be said of a draft.</summary>
/// <param name="Valid">Whether it can be activated.</param>
/// <param name="Problems">What keeps it from that.</param>
/// <param name="Warnings">What does not, and may still not be what its author wants.</param>
internal sealed record ValidationResponse(bool Valid, IReadOnlyList<FieldProblem> Problems, IReadOnlyList<FieldProblem> Warnings)
{
    /// <summary>Every problem has a kind here.</summary>
    public static ValidationResponse Of(DraftReview review) =>
        new(review.Problems.Count == 0, [.. review.Problems.Select(static problem => problem.Code is null ? problem with { Code = "invalid" } : problem)], review.Warnings);
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
