using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Promotions;

/// <summary>Rules are assigned to tiers that there are.</summary>
internal sealed class PromotionTierTarget(ITableStore<PromotionTierRow> tiers) : IRuleTarget
{
    public string Type => PromotionShape.Tier;

    public async Task<string?> FindIdAsync(int project, string reference) => (await tiers.FindAsync(project, reference))?.Id;
}
