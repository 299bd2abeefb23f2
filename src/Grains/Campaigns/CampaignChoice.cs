using Marketing.Catalogue;

namespace Marketing.Campaigns;

/// <summary>A trigger is about a campaign that there is.</summary>
internal sealed class CampaignChoice : ITriggerChoice
{
    public TriggerSelector Selector => TriggerSelector.Campaign;

    public string? ProblemOf(string chosen, CatalogueSnapshot catalogue) => catalogue.Section<CampaignSection>().Find(chosen)?.Id == chosen ? null : "there is no campaign with this id";
}
