using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>Tiers and earning rules come and go with their campaign, and a project with a programme has nights.</summary>
internal sealed class LoyaltyOfCampaign(ITableStore<NightRow> nights, ITableStore<TierRow> tiers, ITableStore<EarningRuleRow> rules, IEnumerable<IProgramContent> others, INumbers numbers, TimeProvider clock) : ICampaignContent
{
    public string CampaignType => CampaignTypes.Loyalty;

    public async Task<CampaignContent> NewAsync(int project, CampaignRow campaign, RawJson? given)
    {
        if (given is not null)
        {
            return CampaignContent.Refused(new CampaignResult.Invalid("promotion", $"Property 'promotion' is not allowed for {campaign.CampaignType} campaign"));
        }

        return await nights.FindAsync(project, NightRow.OfProject) is not null
            ? CampaignContent.None
            : new CampaignContent([NightTable.Nights.Save(new NightRow(await numbers.NextAsync(NightTable.Nights.Numbers), NightRow.OfProject, 0, clock.GetStoredNow()))], 0, null);
    }

    public CampaignResult? ProblemOf(CampaignRow campaign, CatalogueSnapshot catalogue)
    {
        var card = LoyaltyJson.Child(campaign.Terms.ToElement(), "loyalty_card");
        if (ExpirationRule.Read(LoyaltyJson.Child(card, "expiration_rules")).Problem is { } wrong)
        {
            return Invalid("voucher.loyalty_card.expiration_rules", wrong);
        }

        return TierProgram.Read(LoyaltyJson.Child(campaign.Fields.ToElement(), "loyalty_tiers_expiration")).Problem is { } problem ? Invalid("loyalty_tiers_expiration", problem) : null;
    }

    public async Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign)
    {
        List<RowWrite> writes =
        [
            .. (await tiers.FindManyAsync(project, TierTable.Campaign, [campaign.Number], LoyaltyLimits.TiersOfProgram * 2)).Select(TierTable.Tiers.Delete),
            .. (await rules.FindManyAsync(project, EarningRuleTable.Campaign, [campaign.Number], LoyaltyLimits.RulesOfProject * 2)).Select(EarningRuleTable.Rules.Delete),
        ];
        foreach (var other in others)
        {
            writes.AddRange(await other.RemovalAsync(project, campaign));
        }

        return writes;
    }

    public Task<RawJson> ShowAsync(int project, CampaignRow campaign) => Task.FromResult(RawJson.EmptyObject);

    private static CampaignResult.Invalid Invalid(string path, FieldProblem problem) =>
        (problem.Field.Length == 0 ? path : $"{path}.{problem.Field}") is var field ? new CampaignResult.Invalid(field, $"Property '{field}' {problem.Message}") : throw new System.Diagnostics.UnreachableException();
}
