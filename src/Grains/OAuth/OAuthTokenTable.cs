using Marketing.Storage;

namespace Marketing.OAuth;

/// <summary>A stored token.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">What the token is found by.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Hash">Of the token.</param>
/// <param name="AppId">The key it was asked for with.</param>
/// <param name="Scope">What it is limited to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From then on it is good for nothing.</param>
internal sealed record OAuthTokenRow(
    long Number, string Id, long Version, byte[] Hash, string AppId, string Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt) : ITableRow;

/// <summary>Where tokens are stored, until they expire.</summary>
internal static class OAuthTokenTable
{
    private static readonly Column Hash = Column<OAuthTokenRow>.Blob("hash", row => row.Hash);
    private static readonly Column AppId = Column<OAuthTokenRow>.Text("app_id", row => row.AppId);
    private static readonly Column Scope = Column<OAuthTokenRow>.Text("scope", row => row.Scope);
    private static readonly Column CreatedAt = Column<OAuthTokenRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column ExpiresAt = Column<OAuthTokenRow>.Instant("expires_at", row => row.ExpiresAt);

    public static readonly Table<OAuthTokenRow> Tokens = new("oauth_tokens", Read)
    {
        Columns = [Hash, AppId, Scope, CreatedAt, ExpiresAt],
        Orders = [CreatedAt],
        Expires = ExpiresAt,
    };

    private static OAuthTokenRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Blob(Hash), row.Text(AppId), row.Text(Scope), row.Instant(CreatedAt), row.Instant(ExpiresAt));
}
