using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Campaigns;

/// <summary>
/// What campaigns of a type consist of besides codes. Campaigns do not know it: a feature registers what it has, which is made with a campaign, shown with it and goes with it.
/// </summary>
internal interface ICampaignContent
{
    /// <summary>The type of the campaigns.</summary>
    string CampaignType { get; }

    /// <summary>What is written in the commit that makes a campaign.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="campaign">The campaign, with its number.</param>
    /// <param name="given">What is asked for; null where nothing is.</param>
    Task<CampaignContent> NewAsync(int project, CampaignRow campaign, RawJson? given);

    /// <summary>What of a campaign, new or changed, does not go together; null where all does.</summary>
    /// <param name="campaign">As it is going to be.</param>
    /// <param name="catalogue">What else there is in the project.</param>
    CampaignResult? ProblemOf(CampaignRow campaign, CatalogueSnapshot catalogue) => null;

    /// <summary>What is written in the commit that deletes a campaign.</summary>
    Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign);

    /// <summary>A JSON object of the fields that a campaign has because of it.</summary>
    Task<RawJson> ShowAsync(int project, CampaignRow campaign);
}

/// <summary>What is written with a campaign, or why it is not made.</summary>
/// <param name="Writes">Rows.</param>
/// <param name="CatalogueVersion">What they were matched against; 0 for nothing.</param>
/// <param name="Refusal">Null where there is nothing to refuse.</param>
internal sealed record CampaignContent(IReadOnlyList<RowWrite> Writes, long CatalogueVersion, CampaignResult? Refusal)
{
    public static readonly CampaignContent None = new([], 0, null);

    public static CampaignContent Refused(CampaignResult why) => new([], 0, why);
}

/// <summary>What campaigns consist of, by their type.</summary>
internal sealed class CampaignContents(IEnumerable<ICampaignContent> all)
{
    /// <inheritdoc cref="ICampaignContent.NewAsync"/>
    public async Task<CampaignContent> NewAsync(int project, CampaignRow campaign, RawJson? given) => Of(campaign) switch
    {
        { } content => await content.NewAsync(project, campaign, given),
        null when given is null => CampaignContent.None,
        null => CampaignContent.Refused(new CampaignResult.Invalid("promotion", $"Property 'promotion' is not allowed for {campaign.CampaignType} campaign")),
    };

    /// <inheritdoc cref="ICampaignContent.ProblemOf"/>
    public CampaignResult? ProblemOf(CampaignRow campaign, CatalogueSnapshot catalogue) => Of(campaign)?.ProblemOf(campaign, catalogue);

    /// <inheritdoc cref="ICampaignContent.RemovalAsync"/>
    public async Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign) =>
        Of(campaign) is { } content ? await content.RemovalAsync(project, campaign) : [];

    /// <summary>A campaign as it is shown by itself.</summary>
    public async Task<RawJson> ShowAsync(int project, CampaignRow campaign, RawJson shown)
    {
        if (Of(campaign) is not { } content)
        {
            return shown;
        }

        var more = await content.ShowAsync(project, campaign);
        return new RawJson(JsonObjects.Joined(shown.Utf8.Span, more.Utf8.Span));
    }

    private ICampaignContent? Of(CampaignRow campaign) => all.FirstOrDefault(content => content.CampaignType == campaign.CampaignType);
}
