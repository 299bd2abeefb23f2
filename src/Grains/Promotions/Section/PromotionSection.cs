using System.Collections.Frozen;

namespace Marketing.Promotions;

/// <summary>The promotion tiers and stacks of a project. Immutable.</summary>
internal sealed class PromotionSection
{
    private readonly FrozenDictionary<string, PromotionTierEntry> _tiers;
    private readonly FrozenDictionary<string, PromotionStackEntry> _stacks;
    private readonly FrozenDictionary<long, PromotionTierEntry[]> _tiersOf;

    public PromotionSection(IEnumerable<PromotionTierEntry> tiers, IEnumerable<PromotionStackEntry> stacks)
    {
        Tiers = [.. tiers.OrderBy(static tier => tier.Number)];
        Stacks = [.. stacks.OrderBy(static stack => stack.Number)];
        _tiers = Tiers.ToFrozenDictionary(static tier => tier.Id, StringComparer.Ordinal);
        _stacks = Stacks.ToFrozenDictionary(static stack => stack.Id, StringComparer.Ordinal);
        _tiersOf = Tiers.GroupBy(static tier => tier.CampaignNumber)
            .ToFrozenDictionary(static campaign => campaign.Key, static campaign => campaign.OrderBy(static tier => tier.Hierarchy).ThenBy(static tier => tier.Number).ToArray());
    }

    /// <summary>All of them, in the order in which they were made.</summary>
    public IReadOnlyList<PromotionTierEntry> Tiers { get; }

    /// <inheritdoc cref="Tiers"/>
    public IReadOnlyList<PromotionStackEntry> Stacks { get; }

    public PromotionTierEntry? FindTier(string id) => _tiers.GetValueOrDefault(id);

    public PromotionStackEntry? FindStack(string id) => _stacks.GetValueOrDefault(id);

    /// <summary>Those of a campaign, by their place.</summary>
    public IReadOnlyList<PromotionTierEntry> TiersOf(long campaignNumber) => _tiersOf.GetValueOrDefault(campaignNumber) ?? [];
}
