using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Promotions;

/// <summary>Reads the tiers and stacks of a project. What did not change is not read again.</summary>
internal sealed partial class PromotionSectionReader(
    ITableStore<PromotionTierRow> tiers, ITableStore<PromotionStackRow> stacks, ILogger<PromotionSectionReader> logger) : SectionReader<PromotionSection>
{
    public override IReadOnlyList<string> Tables => ["promotion_tiers", "promotion_stacks"];

    protected override async ValueTask<PromotionSection> ReadAsync(int project, PromotionSection? before)
    {
        var (storedTiers, storedStacks) = (await tiers.AllAsync(project), await stacks.AllAsync(project));
        return new PromotionSection(
            storedTiers.Select(row => before?.FindTier(row.Id) is { } known && known.Row == row ? known : new PromotionTierEntry(row)),
            storedStacks.Select(row => before?.FindStack(row.Id) is { } known && known.Row == row ? known : new PromotionStackEntry(row)));
    }

    // Each thing that is stored is told of once on each silo.
    protected override void Replaced(CatalogueSnapshot catalogue, PromotionSection? before, PromotionSection now)
    {
        foreach (var tier in now.Tiers.Where(tier => tier.Unreadable is not null && tier.Unreadable != before?.FindTier(tier.Id)?.Unreadable))
        {
            LogUnreadable(tier.Id, catalogue.Project, tier.Unreadable!);
        }
    }

    [LoggerMessage(LogLevel.Error, "The stored promotion tier {TierId} of project {Project} is not understood, so it is for nobody until it is changed: {Reason}")]
    private partial void LogUnreadable(string tierId, int project, string reason);
}
