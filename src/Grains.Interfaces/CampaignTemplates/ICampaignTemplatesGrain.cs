using Marketing.Campaigns;
using Marketing.Promotions;

namespace Marketing.CampaignTemplates;

/// <summary>What campaigns of coupons and gift cards and promotion tiers of a project are made of again and again. Keyed by project number.</summary>
[Alias("campaign-templates"), GrainInterfaceType("campaign-templates")]
public interface ICampaignTemplatesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Keeps what a campaign or a promotion tier is now, with its validation rules: what becomes of it later does not change the template. Repeating it with the same id changes nothing and answers the template as it is; with
    /// an idempotency key that made another one since deleted, <see cref="CampaignTemplateResult.Deleted"/>.
    /// </summary>
    /// <param name="id"><c>camp_tpl_…</c></param>
    /// <param name="command">Its name, and of what it is made.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<CampaignTemplateResult> CreateAsync(string id, CampaignTemplateCommand command, CommandContext context);

    /// <summary>Changes name and description where they are given. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<CampaignTemplateResult> ChangeAsync(string id, CampaignTemplateCommand command);

    /// <summary>Deletes the template; what was made of it stays. False when there is none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>The template, or null.</summary>
    [Alias("find")]
    Task<CampaignTemplate?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of templates by their ids; or what is wrong with the filters.</summary>
    [Alias("list")]
    Task<CampaignTemplatePage> ListAsync(CampaignTemplateListQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a campaign of the template, with validation rules of its own, which are made before it; where the campaign is refused they are deleted again. A repetition with the same id and key answers the same.
    /// </summary>
    /// <param name="id">The template.</param>
    /// <param name="campaignId">Of the campaign, <c>camp_…</c></param>
    /// <param name="command">Its name, and what is to be different from the template.</param>
    /// <param name="context">Who asks.</param>
    [Alias("set-up-campaign")]
    Task<CampaignSetup> SetUpCampaignAsync(string id, string campaignId, CampaignCommand command, CommandContext context);

    /// <summary>The same of a promotion tier, which is added to a campaign. Only of a template of coupons.</summary>
    /// <param name="id">The template.</param>
    /// <param name="tierId">Of the tier, <c>promo_…</c></param>
    /// <param name="campaign">The campaign, by id or name.</param>
    /// <param name="command">Its name, and what is to be different from the template.</param>
    /// <param name="context">Who asks.</param>
    [Alias("set-up-tier")]
    Task<TierSetup> SetUpTierAsync(string id, string tierId, string campaign, PromotionTierCommand command, CommandContext context);
}

/// <summary>What the caller says of a template; what is null stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("campaign-template-command")]
public sealed record CampaignTemplateCommand
{
    /// <summary>The name, which no other template of the project has.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>The description; an empty text takes it away.</summary>
    [Id(1)] public string? Description { get; init; }

    /// <summary>Of a new one: the campaign it is made of, by id or name.</summary>
    [Id(2)] public string? Campaign { get; init; }

    /// <summary>Of a new one: the promotion tier it is made of.</summary>
    [Id(3)] public string? Tier { get; init; }
}

/// <summary>A template as it is listed.</summary>
[GenerateSerializer, Immutable, Alias("campaign-template")]
public sealed record CampaignTemplate
{
    /// <summary>The most that a project has.</summary>
    public const int Most = 1_000;

    /// <summary><c>camp_tpl_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The description.</summary>
    [Id(2)] public string? Description { get; init; }

    /// <summary><c>DISCOUNT_COUPONS</c> or <c>GIFT_VOUCHERS</c>.</summary>
    [Id(3)] public required string CampaignType { get; init; }

    /// <summary>When it was made.</summary>
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When name or description last changed.</summary>
    [Id(5)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>Which templates to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Descending">Whether by descending ids.</param>
/// <param name="StartingAfter">The id of the last one of the page before.</param>
/// <param name="Filters">Only those that meet these, written as filters of segments; null for all.</param>
[GenerateSerializer, Immutable, Alias("campaign-template-list-query")]
public sealed record CampaignTemplateListQuery([property: Id(0)] int Limit, [property: Id(1)] bool Descending, [property: Id(2)] string? StartingAfter, [property: Id(3)] RawJson? Filters);

/// <summary>Answer to a list of templates.</summary>
/// <param name="Page">The templates; the total is that of the project.</param>
/// <param name="Problems">What is wrong with the filters; empty where nothing is.</param>
[GenerateSerializer, Immutable, Alias("campaign-template-page")]
public sealed record CampaignTemplatePage([property: Id(0)] Page<CampaignTemplate> Page, [property: Id(1)] IReadOnlyList<FieldProblem> Problems);

/// <summary>Answer to a campaign that is made of a template.</summary>
/// <param name="Result">What became of the campaign; null where there is no such template.</param>
/// <param name="Rules">Ids of the validation rules that were made for it.</param>
[GenerateSerializer, Immutable, Alias("campaign-setup")]
public sealed record CampaignSetup([property: Id(0)] CampaignResult? Result, [property: Id(1)] IReadOnlyList<string> Rules);

/// <summary>Answer to a promotion tier that is made of a template.</summary>
/// <param name="Result">What became of the tier; null where there is no such template.</param>
/// <param name="Rules">Ids of the validation rules that were made for it.</param>
[GenerateSerializer, Immutable, Alias("tier-setup")]
public sealed record TierSetup([property: Id(0)] PromotionResult? Result, [property: Id(1)] IReadOnlyList<string> Rules);

/// <summary>Answer to a change of a template.</summary>
[GenerateSerializer, Immutable, Alias("campaign-template-result")]
public abstract record CampaignTemplateResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.saved")]
    public sealed record Saved([property: Id(0)] CampaignTemplate Template) : CampaignTemplateResult;

    /// <summary>There is no such thing: <c>campaign_template</c>, <c>campaign</c> or <c>promotion_tier</c>.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : CampaignTemplateResult;

    /// <summary>Neither coupons nor gift cards.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.not-supported")]
    public sealed record NotSupported : CampaignTemplateResult;

    /// <summary>Another template has the name.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.duplicate")]
    public sealed record Duplicate([property: Id(0)] string Name) : CampaignTemplateResult;

    /// <summary>The project has <see cref="CampaignTemplate.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.too-many")]
    public sealed record TooMany : CampaignTemplateResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.key-reused")]
    public sealed record KeyReused : CampaignTemplateResult;

    /// <summary>The same request was done before, and the template was deleted since.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-template-result.deleted")]
    public sealed record Deleted : CampaignTemplateResult;
}

/// <summary>How the grain of templates is addressed.</summary>
public static class CampaignTemplateAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The campaign templates of a project.</summary>
        public ICampaignTemplatesGrain CampaignTemplates(int project) => grains.At<ICampaignTemplatesGrain>(GrainAddresses.Key(project));
    }
}
