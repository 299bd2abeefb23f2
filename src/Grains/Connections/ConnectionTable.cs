using System.Text;
using Marketing.Storage;

namespace Marketing.Connections;

/// <summary>A stored connection.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Connection id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of the channel.</param>
/// <param name="Provider">Whom it is with.</param>
/// <param name="Settings">A JSON object as text.</param>
/// <param name="Secrets">A JSON object of texts, protected.</param>
/// <param name="Credentials">The names of what is in it, with commas.</param>
/// <param name="IsDefault">Whether entries that name none take it.</param>
/// <param name="IsPaused">Whether nothing is handed to it.</param>
/// <param name="RateLimit">The most in a second; null for no limit.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="MailboxSince">Since when a mailbox is read for it; null for none.</param>
internal sealed record ConnectionRow(
    long Number, string Id, long Version, string Name, string Type, string Provider, string Settings, string Secrets, string Credentials, bool IsDefault, bool IsPaused, int? RateLimit,
    DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt, DateTimeOffset? MailboxSince = null) : ITableRow;

/// <summary>Where connections are stored.</summary>
internal static class ConnectionTable
{
    public static readonly Column Name = Column<ConnectionRow>.Text("name", row => row.Name);

    private static readonly Column Type = Column<ConnectionRow>.Text("type", row => row.Type);
    private static readonly Column Provider = Column<ConnectionRow>.Text("provider", row => row.Provider);
    private static readonly Column Settings = Column<ConnectionRow>.Text("settings", row => row.Settings);
    private static readonly Column Secrets = Column<ConnectionRow>.Text("secrets", row => row.Secrets);
    private static readonly Column Credentials = Column<ConnectionRow>.Text("credentials", row => row.Credentials);
    private static readonly Column IsDefault = Column<ConnectionRow>.Number("is_default", row => row.IsDefault ? 1 : 0);
    private static readonly Column IsPaused = Column<ConnectionRow>.Number("is_paused", row => row.IsPaused ? 1 : 0);
    private static readonly Column RateLimit = Column<ConnectionRow>.Number("rate_limit", row => row.RateLimit);
    private static readonly Column CreatedAt = Column<ConnectionRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<ConnectionRow>.Instant("updated_at", row => row.UpdatedAt);
    private static readonly Column MailboxSince = Column<ConnectionRow>.Instant("mailbox_since", row => row.MailboxSince);

    public static readonly Table<ConnectionRow> Connections = new("connections", Read)
    {
        Columns = [Name, Type, Provider, Settings, Secrets, Credentials, IsDefault, IsPaused, RateLimit, CreatedAt, UpdatedAt, MailboxSince],
        Unique = [Name],
        Orders = [CreatedAt],
        Pending = MailboxSince,
    };

    /// <summary>A row as callers see it.</summary>
    public static Connection View(ConnectionRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Type = row.Type,
        Provider = row.Provider,
        Settings = new RawJson(Encoding.UTF8.GetBytes(row.Settings)),
        Credentials = row.Credentials.Split(',', StringSplitOptions.RemoveEmptyEntries),
        IsDefault = row.IsDefault,
        IsPaused = row.IsPaused,
        RateLimit = row.RateLimit,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private static ConnectionRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Name), row.Text(Type), row.Text(Provider), row.Text(Settings), row.Text(Secrets), row.Text(Credentials), row.Count(IsDefault) != 0,
        row.Count(IsPaused) != 0, (int?)row.CountOrNull(RateLimit), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt), row.InstantOrNull(MailboxSince));
}
