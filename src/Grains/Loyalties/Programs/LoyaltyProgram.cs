using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Validity;

namespace Marketing.Loyalties;

/// <summary>A loyalty programme as members are decided by. What it says is in force for all of them at once, also for those who joined before it was changed.</summary>
internal sealed class LoyaltyProgram
{
    private LoyaltyProgram(int project, CampaignEntry campaign, IReadOnlyList<LoyaltyTierEntry> tiers)
    {
        (Project, Campaign, Tiers) = (project, campaign, tiers);
        var card = LoyaltyJson.Child(campaign.Current.Element, "loyalty_card");
        InitialPoints = Math.Clamp(LoyaltyJson.Whole(card, "points") ?? 0, 0, LoyaltyLimits.Points);
        Expiration = ExpirationRule.Read(LoyaltyJson.Child(card, "expiration_rules")).Rule;
        Tiering = TierProgram.Read(LoyaltyJson.Child(campaign.Row.Fields.ToElement(), "loyalty_tiers_expiration")).Program;
        Ranges = [.. tiers.Select(static tier => new TierRange(tier.Id, tier.Row.From))];
    }

    public int Project { get; }

    public CampaignEntry Campaign { get; }

    /// <summary>The lowest first.</summary>
    public IReadOnlyList<LoyaltyTierEntry> Tiers { get; }

    /// <summary>The same as ranges.</summary>
    public IReadOnlyList<TierRange> Ranges { get; }

    public TierProgram Tiering { get; }

    /// <summary>What a card begins with.</summary>
    public long InitialPoints { get; }

    /// <summary>When points expire where nothing else is said; null for never.</summary>
    public ExpirationRule? Expiration { get; }

    /// <summary>The programme with a number; null where it is none, or was deleted.</summary>
    public static LoyaltyProgram? Of(CatalogueSnapshot catalogue, long campaign) =>
        catalogue.Section<CampaignSection>().Find(campaign) is { IsDeleted: false } entry ? Of(catalogue, entry) : null;

    /// <summary>The programme of a campaign; null where that is another kind of campaign.</summary>
    public static LoyaltyProgram? Of(CatalogueSnapshot catalogue, CampaignEntry campaign) => campaign.Row.CampaignType == CampaignTypes.Loyalty
        ? new LoyaltyProgram(catalogue.Project, campaign, catalogue.Section<LoyaltySection>().TiersOf(campaign.Number))
        : null;

    /// <summary>Whether whoever earns and has no card gets one.</summary>
    public bool JoinsByItself => LoyaltyJson.Child(Campaign.Row.Fields.ToElement(), "auto_join").ValueKind == System.Text.Json.JsonValueKind.True;

    /// <summary>Whether anything is earned in it at a moment.</summary>
    public bool IsOpen(CatalogueSnapshot catalogue, DateTimeOffset now) => Campaign.Row.IsActive && Campaign.Current.Validity.At(now, catalogue.Section<ProjectSection>().Calendar) == ValidityState.Holds;

    /// <summary>The last day of points that are earned on a day.</summary>
    /// <param name="rules"><c>expiration_rules</c> of an earning rule; null for those of the programme.</param>
    /// <param name="day">The day.</param>
    public DateOnly? EndOf(RawJson? rules, DateOnly day) => (rules is null ? Expiration : ExpirationRule.Read(rules.ToElement()).Rule)?.EndOf(day);

    /// <summary>The tier with an id; null where it is not there any more.</summary>
    public LoyaltyTierEntry? Find(string? tier) => Tiers.FirstOrDefault(one => one.Id == tier);

    /// <summary>The next higher tier, and how many points it is away; null at the top.</summary>
    public (LoyaltyTierEntry Tier, long Distance)? NextOf(MemberState state)
    {
        var points = Tiering.Period is null ? state.Balance : state.Collected;
        var from = Math.Max(points, state.Tier?.From ?? -1);
        return Tiers.FirstOrDefault(tier => tier.Row.From > from) is { } next ? (next, next.Row.From - points) : null;
    }
}
