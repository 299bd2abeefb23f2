using Marketing.Catalogue;
using Marketing.ValidationRules;

namespace Marketing.Campaigns;

/// <summary>Campaigns that rules are assigned to, by id or name.</summary>
internal sealed class CampaignRuleTarget(Catalogues catalogues) : IRuleTarget
{
    public const string Kind = "campaign";

    public string Type => Kind;

    public async Task<string?> FindIdAsync(int project, string reference) =>
        ((await catalogues.GetAsync(project)).Section<CampaignSection>().Find(reference) ?? (await catalogues.FreshAsync(project)).Section<CampaignSection>().Find(reference))?.Id;
}
