namespace Marketing.Webhooks;

/// <summary>Which sendouts to post once more.</summary>
internal sealed record ReplayRequest
{
    /// <summary>From this instant on, by when it happened.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary><c>failed</c>, which it is where none is given, or <c>all</c>.</summary>
    public string? Status { get; init; }
}

/// <summary>What is posted once more.</summary>
/// <param name="Count">How many sendouts.</param>
/// <param name="HasMore">Whether there are more since then, for another call.</param>
internal sealed record ReplayResponse(int Count, bool HasMore)
{
    public string Object { get; } = "sendout_retry";
}

/// <summary>What the receiver said to a ping.</summary>
/// <param name="Ok">Whether the answer was 2xx.</param>
/// <param name="ResponseCode">The status of the answer; absent where there was none.</param>
/// <param name="Answer">The first 500 characters of the answer; absent where there was none.</param>
/// <param name="Error">What was wrong; absent where nothing was.</param>
/// <param name="Took">How long it took, in milliseconds.</param>
internal sealed record WebhookTestResponse(bool Ok, int? ResponseCode, string? Answer, string? Error, int Took)
{
    public string Object { get; } = "webhook_test";
}

/// <summary>Something that is owed to a webhook, was posted, or could not be.</summary>
internal sealed record SendoutResponse
{
    /// <summary>What <c>webhook-id</c> says, the same in every attempt.</summary>
    public required string Id { get; init; }

    public string Object { get; } = "sendout";

    /// <summary>The type of the event.</summary>
    public required string Type { get; init; }

    /// <summary><c>owed</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How often it was tried, since it was posted once more where it was.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next; absent where it is not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was tried last; absent for never.</summary>
    public DateTimeOffset? ExecutedAt { get; init; }

    /// <summary>The status of the last answer; absent where there was none.</summary>
    public int? ResponseCode { get; init; }

    /// <summary>The first 500 characters of the last answer; absent where there was none.</summary>
    public string? Answer { get; init; }

    /// <summary>What was wrong with the last attempt; absent where nothing was.</summary>
    public string? Error { get; init; }

    /// <summary>The body as it is posted; absent in lists.</summary>
    public RawJson? Body { get; init; }

    public static SendoutResponse From(Sendout sendout) => new()
    {
        Id = sendout.Id,
        Type = sendout.Type,
        Status = sendout.Status,
        Attempts = sendout.Attempts,
        DueAt = sendout.DueAt,
        CreatedAt = sendout.CreatedAt,
        ExecutedAt = sendout.ExecutedAt,
        ResponseCode = sendout.ResponseCode,
        Answer = sendout.Answer,
        Error = sendout.Error,
        Body = sendout.Body,
    };
}

/// <summary>A page of sendouts.</summary>
/// <param name="Data">The page.</param>
/// <param name="Total">How many there are in all, counted up to 10,000.</param>
/// <param name="HasMore">Whether another page follows.</param>
internal sealed record SendoutListResponse(IReadOnlyList<SendoutResponse> Data, long Total, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    /// <summary>Whether there are more than <c>total</c> says.</summary>
    public bool? TotalIsMinimum { get; init; }
}
