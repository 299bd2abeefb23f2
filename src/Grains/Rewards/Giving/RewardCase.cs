using Marketing.Loyalties;

namespace Marketing.Rewards;

/// <summary>A reward that a card is to pay for, with everything it is decided by.</summary>
internal sealed record RewardCase
{
    /// <summary>Why it cannot be had; null where it can.</summary>
    public RewardRefusal? Refusal { get; init; }

    public RewardAssignmentEntry? Assignment { get; init; }

    /// <summary>The member who pays, as of today.</summary>
    public MemberBook? Book { get; init; }

    /// <summary>The tier that the member is in.</summary>
    public LoyaltyTierEntry? Tier { get; init; }

    /// <summary>What it costs; 0 for what points pay for by its ratio.</summary>
    public long Cost { get; init; }

    /// <summary>Of a COIN reward, how many points are to be spent at the most; null for as many as it takes.</summary>
    public long? AskedPoints { get; init; }

    /// <summary>Whether the card redeems it by itself.</summary>
    public bool IsByItself { get; init; }

    /// <summary>What is given for the points.</summary>
    public RewardOffer? Offer { get; init; }

    public RewardEntry? Reward => Assignment?.Reward;

    public bool IsCoin => Reward?.IsCoin == true;

    /// <summary>What points pay of an amount, in whole steps of the ratio. The last step may pay for less than it is worth.</summary>
    /// <param name="amount">What there is to pay, in minor units.</param>
    public (long Points, long Worth) Pay(long amount)
    {
        var reward = Reward!;
        var available = Math.Min(AskedPoints ?? long.MaxValue, Book!.State.Balance) / reward.PointsRatio;
        var needed = decimal.Ceiling(amount / reward.Exchange);
        var steps = (long)Math.Min(needed, available);
        return (steps * reward.PointsRatio, Math.Min(amount, (long)Math.Min(decimal.Floor(steps * reward.Exchange), long.MaxValue)));
    }
}
