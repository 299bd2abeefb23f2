using Marketing.Storage;

namespace Marketing.Rewards;

/// <summary>That a reward is to be had in a programme.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>rewa_…</c></param>
/// <param name="Version">How often it was written.</param>
/// <param name="Reward">Number of the reward.</param>
/// <param name="Campaign">Number of the campaign.</param>
/// <param name="Points">What it costs; null for what points pay for by its own ratio.</param>
/// <param name="AutoRedeem">Whether it is redeemed by itself.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record RewardAssignmentRow(
    long Number, string Id, long Version, long Reward, long Campaign, long? Points, bool AutoRedeem, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where assignments of rewards are stored.</summary>
internal static class RewardAssignmentTable
{
    // A reward is assigned to a programme once.
    public static readonly Column Pair = Column<RewardAssignmentRow>.Text("pair", row => PairOf(row.Reward, row.Campaign));
    public static readonly Column Reward = Column<RewardAssignmentRow>.Number("reward", row => row.Reward);
    public static readonly Column Campaign = Column<RewardAssignmentRow>.Number("campaign", row => row.Campaign);

    private static readonly Column Points = Column<RewardAssignmentRow>.Number("points", row => row.Points);
    private static readonly Column AutoRedeem = Column<RewardAssignmentRow>.Number("auto_redeem", row => row.AutoRedeem ? 1 : 0);
    private static readonly Column CreatedAt = Column<RewardAssignmentRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<RewardAssignmentRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<RewardAssignmentRow> Assignments = new("reward_assignments", Read)
    {
        Columns = [Pair, Reward, Campaign, Points, AutoRedeem, CreatedAt, UpdatedAt],
        Unique = [Pair],
        Groups = [Reward, Campaign],
        Orders = [CreatedAt],
    };

    public static string PairOf(long reward, long campaign) => $"{reward}/{campaign}";

    private static RewardAssignmentRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Reward), row.Count(Campaign), row.CountOrNull(Points), row.Count(AutoRedeem) != 0, row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
