namespace Marketing.AsyncActions;

/// <summary>A job as shown.</summary>
internal static class AsyncActionViews
{
    public static AsyncAction View(AsyncActionRow row) => new()
    {
        Id = row.Id,
        Type = row.Type,
        Status = row.Status == "ENQUEUED" ? "IN_PROGRESS" : row.Status,
        OperationStatus = row.Status switch
        {
            "DONE" => "SUCCESS",
            "FAILED" => "FAILED",
            _ => "UNKNOWN",
        },
        Progress = row.Status == "DONE" ? 100 : row.Total == 0 ? 0 : (int)Math.Min(99, row.Cursor * 100 / row.Total),
        ProcessingTime = row.ProcessingMilliseconds,
        RequestId = row.RequestId,
        Result = row.Result is null ? null : new RawJson(row.Result),
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };
}
