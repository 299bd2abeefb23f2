using Marketing.Catalogue;

namespace Marketing.Distributions;

/// <summary>A distribution as events and lanes see it.</summary>
internal sealed record DistributionEntry
{
    public required int Number { get; init; }

    public required string Id { get; init; }

    public required string Status { get; init; }

    public required DistributionDraft Draft { get; init; }

    /// <summary>Of one that is not understood: it neither listens nor sends.</summary>
    public UnreadDistribution? Unread { get; init; }

    public bool IsLive => Status == DistributionStatuses.Live && Unread is null;

    /// <summary>Whether due messages may be handed over.</summary>
    public bool MaySend => Status is DistributionStatuses.Live or DistributionStatuses.Sending && Unread is null;

    public bool HoldsUncertain => Draft.Uncertain == "hold";

    /// <summary>The validation rule that decides whether what happened starts it; null where all of it does.</summary>
    public string? RuleId => Draft.Trigger?.ValidationRuleId;

    /// <summary>Whether it starts at a time that depends on a code which the customer has.</summary>
    public bool FollowsCodes => Follows(Draft.Trigger);

    /// <summary>Of a trigger in time that is about members, how many days or points ahead they are told.</summary>
    public long? Ahead => FollowsCodes ? null : Draft.Trigger?.Days ?? Draft.Trigger?.Points;

    /// <summary>Whether a trigger is about codes in time.</summary>
    public static bool Follows(TriggerDefinition? trigger) => trigger is { Days: not null, Type: TriggerCatalogue.ExpiresSoon or TriggerCatalogue.NotRedeemed };

    /// <summary>The event that it listens to, as far as can be read.</summary>
    public string? ListensTo => TriggerCatalogue.Find(Draft.Trigger?.Type)?.ListensTo ?? Draft.Trigger?.Type;

    public string? Selector => TriggerCatalogue.Find(Draft.Trigger?.Type)?.Chosen(Draft.Trigger);

    /// <summary>Whether a segment starts it, as far as can be read.</summary>
    public bool IsTriggeredBy(string segment) => Draft.Trigger?.SegmentId == segment || Unread?.Names(segment) is true;

    /// <summary>Whether it goes to the members of a segment, as far as can be read.</summary>
    public bool SendsTo(string segment) => Draft.Audience?.SegmentId == segment || Unread?.Names(segment) is true;

    public bool ListensAt(DateTimeOffset now) => !(Draft.StartsAt > now) && !(Draft.EndsAt <= now);
}
