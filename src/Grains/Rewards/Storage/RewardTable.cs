using Marketing.Storage;

namespace Marketing.Rewards;

/// <summary>A stored reward.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>rew_…</c></param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Type">One of <see cref="RewardTypes"/>.</param>
/// <param name="IsStocked">Whether there is a number of them, which is an account: <see cref="RewardAccounts.Stock"/>.</param>
/// <param name="Fields">parameters and attributes, in the wire format.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record RewardRow(
    long Number, string Id, long Version, string Name, string Type, bool IsStocked, RawJson Fields, RawJson Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>What rewards are, as the wire format names it.</summary>
internal static class RewardTypes
{
    /// <summary>A code, credits or points of another campaign.</summary>
    public const string Campaign = "CAMPAIGN";

    /// <summary>Points pay for an order.</summary>
    public const string Coin = "COIN";

    /// <summary>A product.</summary>
    public const string Material = "MATERIAL";
}

/// <summary>Where rewards are stored.</summary>
internal static class RewardTable
{
    private static readonly Column Name = Column<RewardRow>.Text("name", row => row.Name);
    private static readonly Column Type = Column<RewardRow>.Text("type", row => row.Type);
    private static readonly Column Stocked = Column<RewardRow>.Number("stocked", row => row.IsStocked ? 1 : 0);
    private static readonly Column Fields = Column<RewardRow>.Blob("fields", row => row.Fields.Utf8.ToArray());
    private static readonly Column Metadata = Column<RewardRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<RewardRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<RewardRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<RewardRow> Rewards = new("rewards", Read)
    {
        Columns = [Name, Type, Stocked, Fields, Metadata, CreatedAt, UpdatedAt],
        Orders = [CreatedAt],
    };

    private static RewardRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Name), row.Text(Type), row.Count(Stocked) != 0, new RawJson(row.Blob(Fields)), new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt),
        row.InstantOrNull(UpdatedAt));
}
