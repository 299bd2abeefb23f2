namespace Marketing.Exports;

/// <summary>An export as shown.</summary>
internal static class ExportViews
{
    public static Export View(int project, ExportRow row, TimeProvider clock) => new()
    {
        Id = row.Id,
        ExportedObject = row.ExportedObject,
        Parameters = row.Parameters,
        Status = row.Status,
        Channel = row.Channel,
        CreatedAt = row.CreatedAt,
        Token = row.Status == "DONE" && row.ExpiresAt > clock.GetUtcNow() ? ExportToken.Write(row.Secret, project, row.Id, row.ExpiresAt) : null,
    };
}
