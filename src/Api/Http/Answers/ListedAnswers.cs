namespace Marketing.Http;

/// <summary>What lists are on the wire where there is no page.</summary>
internal static class ListedAnswers
{
    /// <summary>What is missing, or wrong with what was asked.</summary>
    public static ApiError Refusal(this Listed listed) => listed.MissingType is { } missing
        ? ApiError.NotFound(missing, listed.MissingId!)
        : ApiError.InvalidQuery(string.Join(" ", listed.Problems.Select(static problem => $"Property .{problem.Field} {problem.Message}"))) with { Problems = listed.Problems };
}
