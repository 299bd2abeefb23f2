using Marketing.Storage;

namespace Marketing.Webhooks;

/// <summary>Something that is owed to a webhook, was posted, or could not be.</summary>
internal sealed record SendoutRow : ITableRow
{
    public const string Owed = "owed";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    public required long Number { get; init; }

    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>The number of the webhook.</summary>
    public required long Webhook { get; init; }

    /// <summary>Whom it is about, and is erased with; null where it is about nobody.</summary>
    public long? Customer { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    /// <summary>How often it was tried since it was owed, or owed once more.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is to be posted; null where it is not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExecutedAt { get; init; }

    public int? ResponseCode { get; init; }

    public string? Answer { get; init; }

    public string? Error { get; init; }

    /// <summary>What is posted, to the byte; empty where it was not read.</summary>
    public required byte[] Body { get; init; }
}

/// <summary>Where sendouts are stored.</summary>
internal static class SendoutTable
{
    public static readonly Column Webhook = Column<SendoutRow>.Number("webhook", row => row.Webhook);

    private static readonly Column Customer = Column<SendoutRow>.Number("customer", row => row.Customer);
    private static readonly Column Type = Column<SendoutRow>.Text("type", row => row.Type);
    private static readonly Column Status = Column<SendoutRow>.Text("status", row => row.Status);
    private static readonly Column Attempts = Column<SendoutRow>.Number("attempts", row => row.Attempts);
    private static readonly Column DueAt = Column<SendoutRow>.Instant("due_at", row => row.DueAt);
    private static readonly Column CreatedAt = Column<SendoutRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column ExecutedAt = Column<SendoutRow>.Instant("executed_at", row => row.ExecutedAt);
    private static readonly Column ResponseCode = Column<SendoutRow>.Number("response_code", row => row.ResponseCode);
    private static readonly Column Answer = Column<SendoutRow>.Text("answer", row => row.Answer);
    private static readonly Column Error = Column<SendoutRow>.Text("error", row => row.Error);
    private static readonly Column Body = Column<SendoutRow>.Blob("body", row => row.Body);

    // What is old goes by SendoutRetention: rows that go with their customer have no instant at which they expire by themselves.
    public static readonly Table<SendoutRow> Sendouts = new("webhook_sendouts", Read)
    {
        Columns = [Webhook, Customer, Type, Status, Attempts, DueAt, CreatedAt, ExecutedAt, ResponseCode, Answer, Error, Body],
        Owner = Customer,
        Groups = [Webhook],
        Orders = [CreatedAt],
    };

    private static SendoutRow Read(StoredRow row) => new()
    {
        Number = row.Number,
        Id = row.Id,
        Version = row.Version,
        Webhook = row.Count(Webhook),
        Customer = row.CountOrNull(Customer),
        Type = row.Text(Type),
        Status = row.Text(Status),
        Attempts = (int)row.Count(Attempts),
        DueAt = row.InstantOrNull(DueAt),
        CreatedAt = row.Instant(CreatedAt),
        ExecutedAt = row.InstantOrNull(ExecutedAt),
        ResponseCode = (int?)row.CountOrNull(ResponseCode),
        Answer = row.TextOrNull(Answer),
        Error = row.TextOrNull(Error),
        Body = row.Blob(Body),
    };
}
