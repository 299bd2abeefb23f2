using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Referrals;

/// <summary>What a referral programme says has to go together, and its rewards have to be of campaigns that there are.</summary>
internal sealed class ReferralOfCampaign : ICampaignContent
{
    private const string Place = "referral_program";

    public string CampaignType => CampaignTypes.Referral;

    public Task<CampaignContent> NewAsync(int project, CampaignRow campaign, RawJson? given) => Task.FromResult(given is null
        ? CampaignContent.None
        : CampaignContent.Refused(new CampaignResult.Invalid("promotion", $"Property 'promotion' is not allowed for {campaign.CampaignType} campaign")));

    public CampaignResult? ProblemOf(CampaignRow campaign, CatalogueSnapshot catalogue)
    {
        var (program, problem) = ReferralProgram.Read(campaign);
        if (program is null)
        {
            return Invalid(problem!);
        }

        if (program.Referee is { } referee && ProblemOf(referee, catalogue) is { } wrong)
        {
            return Invalid(wrong with { Field = $"referee_reward.{wrong.Field}" });
        }

        for (var at = 0; at < program.Tiers.Count; at++)
        {
            if (ProblemOf(program.Tiers[at].Reward, catalogue) is { } unfit)
            {
                return Invalid(unfit with { Field = $"referral_tiers[{at}].reward.{unfit.Field}" });
            }
        }

        return null;
    }

    public Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign) => Task.FromResult<IReadOnlyList<RowWrite>>([]);

    public Task<RawJson> ShowAsync(int project, CampaignRow campaign) => Task.FromResult(RawJson.EmptyObject);

    private static FieldProblem? ProblemOf(ReferralReward reward, CatalogueSnapshot catalogue)
    {
        if (catalogue.Section<CampaignSection>().Find(reward.Campaign) is not { } campaign)
        {
            return FieldProblem.Unknown("related_object_parent.id", "must be a campaign that there is");
        }

        var type = campaign.Row.CampaignType == CampaignTypes.Promotion ? null : CampaignTypes.VoucherOf(campaign.Row.CampaignType).Type;
        return type == reward.Type && !campaign.IsReferral ? null : new FieldProblem("related_object_parent.id", $"must be a campaign whose codes are of the type {reward.Type}");
    }

    private static CampaignResult.Invalid Invalid(FieldProblem problem) => new($"{Place}.{problem.Field}", $"Property '{Place}.{problem.Field}' {problem.Message}");
}
