using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>What members of a tier get by an earning rule, or pay for a reward, instead of what it says itself.</summary>
/// <param name="Multiplier">By how much points are multiplied; null where they are replaced.</param>
/// <param name="Points">The points that take the place of the rule's own.</param>
internal sealed record TierMapping(decimal? Multiplier, long Points)
{
    /// <summary>The most that points are multiplied by.</summary>
    public const decimal MostTimes = 1_000;

    /// <summary>Reads the wire format; null where it is something else.</summary>
    public static TierMapping? Read(JsonElement mapping) => LoyaltyJson.Text(mapping, "type") switch
    {
        "MULTIPLY" when LoyaltyJson.Number(LoyaltyJson.Child(mapping, "multiplier")) is >= 0 and <= MostTimes and var times => new TierMapping(times, 0),
        "CUSTOM" when LoyaltyJson.Whole(mapping, "points") is >= 0 and <= LoyaltyLimits.Points and var points => new TierMapping(null, points),
        _ => null,
    };
}
