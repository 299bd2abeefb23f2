using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing.Campaigns;

/// <summary>Figures of a campaign since it was made.</summary>
internal sealed record CampaignSummaryResponse
{
    public string Object { get; } = "campaign_summary";

    public required RawJson Campaign { get; init; }

    public required long Redemptions { get; init; }

    public required long Rollbacks { get; init; }

    public required long Validations { get; init; }

    public required long Publications { get; init; }

    /// <summary>The other figures, by their names.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Figures { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public static CampaignSummaryResponse From(CampaignSummary summary) => new()
    {
        Campaign = summary.Campaign,
        Redemptions = Sum(summary, "redemptions"),
        Rollbacks = Sum(summary, "rollbacks"),
        Validations = Sum(summary, "validations"),
        Publications = Sum(summary, "publications"),
        Figures = summary.Figures.ToDictionary(static figure => figure.Key, static figure => JsonSerializer.SerializeToElement(figure.Value), StringComparer.Ordinal),
    };

    private static long Sum(CampaignSummary summary, string what) => summary.Figures[$"{what}_succeeded"] + summary.Figures[$"{what}_failed"];
}
