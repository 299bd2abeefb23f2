using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Storage;

namespace Marketing.Rewards;

/// <summary>Rewards of a project and where they are to be had. Immutable.</summary>
internal sealed class RewardSection
{
    private readonly FrozenDictionary<string, RewardEntry> _byId;
    private readonly FrozenDictionary<long, RewardEntry> _byNumber;
    private readonly FrozenDictionary<string, RewardAssignmentEntry> _assignments;
    private readonly FrozenDictionary<long, RewardAssignmentEntry[]> _ofCampaign;

    public RewardSection(IReadOnlyCollection<RewardEntry> rewards, IEnumerable<RewardAssignmentRow> assignments)
    {
        _byId = rewards.ToFrozenDictionary(static reward => reward.Id, StringComparer.Ordinal);
        _byNumber = rewards.ToFrozenDictionary(static reward => reward.Number);
        All = [.. assignments.Where(row => _byNumber.ContainsKey(row.Reward)).Select(row => new RewardAssignmentEntry(row, _byNumber[row.Reward])).OrderBy(static one => one.Row.Number)];
        _assignments = All.ToFrozenDictionary(static one => one.Id, StringComparer.Ordinal);
        _ofCampaign = All.GroupBy(static one => one.Row.Campaign).ToFrozenDictionary(static group => group.Key, static group => group.ToArray());
    }

    /// <summary>All assignments, in the order in which they were made.</summary>
    public IReadOnlyList<RewardAssignmentEntry> All { get; }

    public int Count => _byId.Count;

    /// <summary>The newest first.</summary>
    public IEnumerable<RewardEntry> Newest => _byId.Values.OrderByDescending(static reward => reward.Number);

    public RewardEntry? Find(string id) => _byId.GetValueOrDefault(id);

    public RewardAssignmentEntry? FindAssignment(string id) => _assignments.GetValueOrDefault(id);

    /// <summary>What is to be had in a programme, in the order in which it was assigned.</summary>
    public IReadOnlyList<RewardAssignmentEntry> OfCampaign(long campaign) => _ofCampaign.GetValueOrDefault(campaign, []);

    /// <summary>What cards of a programme redeem by themselves; null for nothing.</summary>
    public RewardAssignmentEntry? RedeemedByItself(long campaign) => OfCampaign(campaign).FirstOrDefault(static one => one.Row.AutoRedeem);

    /// <summary>An assignment by what stands in a path; null where there is none, or it is of something else.</summary>
    public RewardAssignmentEntry? Find(RewardAssignmentReference asked, CampaignSection campaigns) => FindAssignment(asked.Id) is { } found && campaigns.Find(found.Row.Campaign) is { IsDeleted: false } campaign
        && (asked.Reward is null || asked.Reward == found.Reward.Id) && (asked.Campaign is null || campaigns.Find(asked.Campaign)?.Number == campaign.Number)
            ? found
            : null;
}

/// <summary>A reward as it is decided by. Immutable.</summary>
internal sealed class RewardEntry
{
    public RewardEntry(RewardRow row)
    {
        Row = row;
        var fields = row.Fields.ToElement();
        Parameters = LoyaltyJson.Child(fields, "parameters");
        Attributes = LoyaltyJson.Child(fields, "attributes");
        var (campaign, product, coin) = (LoyaltyJson.Child(Parameters, "campaign"), LoyaltyJson.Child(Parameters, "product"), LoyaltyJson.Child(Parameters, "coin"));
        (CampaignId, Balance) = (LoyaltyJson.Text(campaign, "id"), LoyaltyJson.Whole(campaign, "balance") ?? 0);
        (ProductId, SkuId) = (LoyaltyJson.Text(product, "id"), LoyaltyJson.Text(product, "sku_id"));
        (Exchange, PointsRatio) = ((LoyaltyJson.Number(LoyaltyJson.Child(coin, "exchange_ratio")) ?? 0) * 100, LoyaltyJson.Whole(coin, "points_ratio") ?? 1);
    }

    public RewardRow Row { get; }

    public string Id => Row.Id;

    public long Number => Row.Number;

    public JsonElement Parameters { get; }

    public JsonElement Attributes { get; }

    public bool IsCoin => Row.Type == RewardTypes.Coin;

    /// <summary>Of a CAMPAIGN reward, whose codes or cards are given.</summary>
    public string? CampaignId { get; }

    /// <summary>Credits or points that it adds to a card.</summary>
    public long Balance { get; }

    public string? ProductId { get; }

    public string? SkuId { get; }

    /// <summary>Of a COIN reward, what <see cref="PointsRatio"/> points are worth, in minor units; there may be fractions of one.</summary>
    public decimal Exchange { get; }

    public long PointsRatio { get; }
}

/// <summary>A reward in a programme as it is decided by. Immutable.</summary>
/// <param name="Row">As stored.</param>
/// <param name="Reward">The reward.</param>
internal sealed record RewardAssignmentEntry(RewardAssignmentRow Row, RewardEntry Reward)
{
    public string Id => Row.Id;

    /// <summary>What it costs a member in a tier; null where it is not to be had there.</summary>
    public long? CostIn(LoyaltyTierEntry? tier)
    {
        if (Row.Points is not { } points || tier is null || TierMapping.Read(LoyaltyJson.Child(LoyaltyJson.Child(tier.Fields, "rewards"), Id)) is not { } mapping)
        {
            return Row.Points ?? 0;
        }

        // For nothing is not for points: what costs 0 in a tier is not to be had there.
        var cost = mapping.Multiplier is { } times ? decimal.Round(points * times, MidpointRounding.AwayFromZero) : mapping.Points;
        return cost is >= 1 and <= LoyaltyLimits.Points ? (long)cost : null;
    }
}

/// <summary>Reads rewards and assignments of a project.</summary>
internal sealed class RewardSectionReader(ITableStore<RewardRow> rewards, ITableStore<RewardAssignmentRow> assignments) : SectionReader<RewardSection>
{
    public override IReadOnlyList<string> Tables => ["rewards", "reward_assignments"];

    protected override async ValueTask<RewardSection> ReadAsync(int project, RewardSection? before) => new(
        [.. (await rewards.AllAsync(project)).Select(row => before?.Find(row.Id) is { } known && known.Row == row ? known : new RewardEntry(row))], await assignments.AllAsync(project));
}
