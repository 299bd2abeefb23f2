using Marketing.Exports.Working;
using Marketing.Storage;

namespace Marketing.Exports;

/// <summary>A stored export.</summary>
internal sealed record ExportRow : ITableRow
{
    public required long Number { get; init; }

    public required string Id { get; init; }

    public long Version { get; init; }

    public required string ExportedObject { get; init; }

    public required string Status { get; init; }

    /// <summary>As callers get them; what the work reads, too.</summary>
    public required RawJson Parameters { get; init; }

    /// <summary>How far the work is.</summary>
    public required ExportState State { get; init; }

    /// <summary>Signs what opens the file.</summary>
    public required byte[] Secret { get; init; }

    public required string Channel { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Since when there is work to be done; null when there is none.</summary>
    public DateTimeOffset? PendingSince { get; init; }
}

/// <summary>Where exports are stored, until they expire.</summary>
internal static class ExportTable
{
    private static readonly Column ExportedObject = Column<ExportRow>.Text("exported_object", row => row.ExportedObject);
    private static readonly Column Status = Column<ExportRow>.Text("status", row => row.Status);
    private static readonly Column Parameters = Column<ExportRow>.Blob("parameters", row => row.Parameters.Utf8.ToArray());
    private static readonly Column State = Column<ExportRow>.Blob("state", row => row.State.Write());
    private static readonly Column Secret = Column<ExportRow>.Blob("secret", row => row.Secret);
    private static readonly Column Channel = Column<ExportRow>.Text("channel", row => row.Channel);
    private static readonly Column CreatedAt = Column<ExportRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column ExpiresAt = Column<ExportRow>.Instant("expires_at", row => row.ExpiresAt);
    private static readonly Column PendingSince = Column<ExportRow>.Instant("pending_since", row => row.PendingSince);

    public static readonly Table<ExportRow> Exports = new("exports", Read)
    {
        Columns = [ExportedObject, Status, Parameters, State, Secret, Channel, CreatedAt, ExpiresAt, PendingSince],
        Orders = [CreatedAt, Status],
        Expires = ExpiresAt,
        Pending = PendingSince,
    };

    private static ExportRow Read(StoredRow row) => new()
    {
        Number = row.Number,
        Id = row.Id,
        Version = row.Version,
        ExportedObject = row.Text(ExportedObject),
        Status = row.Text(Status),
        Parameters = new RawJson(row.Blob(Parameters)),
        State = ExportState.Read(row.Blob(State)),
        Secret = row.Blob(Secret),
        Channel = row.Text(Channel),
        CreatedAt = row.Instant(CreatedAt),
        ExpiresAt = row.Instant(ExpiresAt),
        PendingSince = row.InstantOrNull(PendingSince),
    };
}

/// <summary>A part of what an export contains, or of what is yet to be sorted for it.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Export, run and part.</param>
/// <param name="Version">How often it was written: once.</param>
/// <param name="Export">Number of the export.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="ExpiresAt">With the export.</param>
internal sealed record ExportPartRow(long Number, string Id, long Version, long Export, byte[] Data, DateTimeOffset ExpiresAt) : ITableRow
{
    public static string IdOf(ExportRow export, int run, int part) => $"{export.Number:x}.{run}.{part}";
}

/// <summary>Where parts are stored, so that any silo can hand them out.</summary>
internal static class ExportPartTable
{
    public static readonly Column Export = Column<ExportPartRow>.Number("export", row => row.Export);

    private static readonly Column Data = Column<ExportPartRow>.Blob("data", row => row.Data);
    private static readonly Column ExpiresAt = Column<ExportPartRow>.Instant("expires_at", row => row.ExpiresAt);

    public static readonly Table<ExportPartRow> Parts = new("export_parts", Read)
    {
        Columns = [Export, Data, ExpiresAt],
        Groups = [Export],
        Orders = [],
        Expires = ExpiresAt,
    };

    private static ExportPartRow Read(StoredRow row) => new(row.Number, row.Id, row.Version, row.Count(Export), row.Blob(Data), row.Instant(ExpiresAt));
}
