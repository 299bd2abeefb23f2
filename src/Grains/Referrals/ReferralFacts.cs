using Marketing.Customers;

namespace Marketing.Referrals;

/// <summary>A customer becomes a referee of a code, or is one no more, by the shop's word.</summary>
[GenerateSerializer, Immutable, Alias("referee-changed")]
internal sealed record RefereeChanged : CustomerFact
{
    /// <summary>As it is to be written; a new one with a number, and without a customer.</summary>
    [Id(0)] public required ReferralRow Referral { get; init; }

    /// <summary>The objects of the event but for the holder.</summary>
    [Id(1)] public required ReferralCode Code { get; init; }

    /// <summary>Fields of the profile that come with it.</summary>
    [Id(2)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;
}

/// <summary>The code that it is about.</summary>
/// <param name="Campaign">Id of the programme.</param>
/// <param name="Data">The objects of the event, which has the customer's id in it.</param>
[GenerateSerializer, Immutable, Alias("referral-code")]
internal sealed record ReferralCode([property: Id(0)] string Campaign, [property: Id(1)] RawJson Data);

/// <summary>Something that is owed to a customer is settled.</summary>
[GenerateSerializer, Immutable, Alias("referral-debt-settled")]
internal sealed record DebtSettled : CustomerFact
{
    /// <summary>What it was, as it was read.</summary>
    [Id(0)] public required DebtRow Debt { get; init; }

    /// <summary>The referrer with one more referral; null where a reward was given.</summary>
    [Id(1)] public ReferrerRow? Referrer { get; init; }

    /// <summary>The name of the programme; null where it was deleted.</summary>
    [Id(2)] public string? Campaign { get; init; }

    /// <summary>The id of the programme.</summary>
    [Id(3)] public string? CampaignId { get; init; }

    /// <summary>Rewards that are owed from now on.</summary>
    [Id(4)] public IReadOnlyList<DebtRow> Owed { get; init; } = [];

    /// <summary>The objects of the event that tells of a reward.</summary>
    [Id(5)] public RawJson? Rewarded { get; init; }
}
