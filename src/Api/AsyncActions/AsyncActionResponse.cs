namespace Marketing.AsyncActions;

/// <summary>A background job.</summary>
internal sealed record AsyncActionResponse
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public required string OperationStatus { get; init; }

    /// <summary>
    /// What became of the rows: done_count and failed_count, for customers also created_count, updated_count and unchanged_count, and the first 10,000 that failed with row and
    /// reason. Of a file of customers also the columns, and the first 1,000 warnings of warnings_count.
    /// </summary>
    public RawJson? Result { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? RequestId { get; init; }

    public int Progress { get; init; }

    public long ProcessingTime { get; init; }

    public string Object { get; } = "async_action";

    public static AsyncActionResponse From(AsyncAction action) => new()
    {
        Id = action.Id,
        Type = action.Type,
        Status = action.Status,
        OperationStatus = action.OperationStatus,
        Result = action.Result,
        CreatedAt = action.CreatedAt,
        UpdatedAt = action.UpdatedAt,
        RequestId = action.RequestId,
        Progress = action.Progress,
        ProcessingTime = action.ProcessingTime,
    };
}

/// <summary>A page of background jobs; their results are only in the single object.</summary>
internal sealed record AsyncActionListResponse(IReadOnlyList<AsyncActionResponse> AsyncActions, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "async_actions";
}
