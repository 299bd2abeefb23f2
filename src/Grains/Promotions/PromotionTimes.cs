using System.Diagnostics;
using Marketing.Campaigns;
using Marketing.Filters;
using Marketing.Validity;

namespace Marketing.Promotions;

/// <summary>Whether a tier is in force: the tier and its campaign, both. Pure.</summary>
internal static class PromotionTimes
{
    /// <summary>Why it is not; null when it is.</summary>
    public static string? WhyNot(PromotionTierEntry tier, CampaignEntry campaign, FilterSettings calendar, DateTimeOffset now)
    {
        if (!tier.IsActive)
        {
            return "the promotion tier is disabled";
        }

        if (!campaign.Row.IsActive)
        {
            return "its campaign is disabled";
        }

        var states = new[] { campaign.Current.Validity.At(now, calendar), tier.Validity.At(now, calendar) };
        return states.FirstOrDefault(static state => state != ValidityState.Holds, ValidityState.Holds) switch
        {
            ValidityState.Holds => null,
            ValidityState.NotYet => "it is not active yet",
            ValidityState.Over => "it is over",
            ValidityState.Paused => "it is not active now",
            _ => throw new UnreachableException(),
        };
    }
}
