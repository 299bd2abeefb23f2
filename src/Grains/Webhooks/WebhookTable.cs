using Marketing.Storage;

namespace Marketing.Webhooks;

/// <summary>A stored webhook.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Webhook id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="TargetUrl">Where events are posted to.</param>
/// <param name="Events">Types of events as they were given, with commas.</param>
/// <param name="IsActive">Whether events are posted.</param>
/// <param name="DisabledReason">Why it was disabled by itself; null otherwise.</param>
/// <param name="DisabledAt">When that was.</param>
/// <param name="Secrets">What sendouts are signed with (<see cref="WebhookSecrets"/>), protected.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record WebhookRow(
    long Number, string Id, long Version, string TargetUrl, string Events, bool IsActive, string? DisabledReason, DateTimeOffset? DisabledAt, string Secrets, DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt) : ITableRow
{
    /// <summary>The types one by one.</summary>
    public IReadOnlyList<string> EventList => Events.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Where webhooks are stored.</summary>
internal static class WebhookTable
{
    private static readonly Column TargetUrl = Column<WebhookRow>.Text("target_url", row => row.TargetUrl);
    private static readonly Column Events = Column<WebhookRow>.Text("events", row => row.Events);
    private static readonly Column IsActive = Column<WebhookRow>.Number("active", row => row.IsActive ? 1 : 0);
    private static readonly Column DisabledReason = Column<WebhookRow>.Text("disabled_reason", row => row.DisabledReason);
    private static readonly Column DisabledAt = Column<WebhookRow>.Instant("disabled_at", row => row.DisabledAt);
    private static readonly Column Secrets = Column<WebhookRow>.Text("secrets", row => row.Secrets);
    private static readonly Column CreatedAt = Column<WebhookRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<WebhookRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<WebhookRow> Webhooks = new("webhooks", Read)
    {
        Columns = [TargetUrl, Events, IsActive, DisabledReason, DisabledAt, Secrets, CreatedAt, UpdatedAt],
        Orders = [CreatedAt],
    };

    private static WebhookRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(TargetUrl), row.Text(Events), row.Count(IsActive) != 0, row.TextOrNull(DisabledReason), row.InstantOrNull(DisabledAt), row.Text(Secrets),
        row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
