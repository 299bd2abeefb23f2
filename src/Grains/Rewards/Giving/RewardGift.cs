using Marketing.Customers;
using Marketing.Loyalties;
using Marketing.Publications;
using Marketing.Vouchers;
using Marketing.Vouchers.Credits;
using Marketing.Vouchers.Pool;

namespace Marketing.Rewards;

/// <summary>What comes into a customer's hands, to be written in the commit that says why. Points are written with the members.</summary>
[GenerateSerializer, Immutable, Alias("reward-gift")]
internal sealed record RewardGift
{
    /// <summary>A code of a campaign.</summary>
    [Id(0)] public VouchersPublished? Publication { get; init; }

    /// <summary>Credits of a gift card, or their return.</summary>
    [Id(1)] public CreditsChanged? Credits { get; init; }

    /// <summary>Codes that are taken back: they stay with the customer and cannot be redeemed.</summary>
    [Id(2)] public IReadOnlyList<VoucherRow> Disabled { get; init; } = [];

    /// <summary>Writes it and raises what happened.</summary>
    public void AddTo(CustomerWork work)
    {
        if (Publication is { } publication)
        {
            PublicationFold.Apply(publication, work);
        }

        if (Credits is { } credits)
        {
            CreditsFold.AddTo(work.Commit, credits, work.Now);
            work.Raise(Catalogue.TriggerCatalogue.CreditsAdjusted, credits.CampaignId, credits.EventData.Utf8.ToArray());
        }

        foreach (var voucher in Disabled)
        {
            work.Commit.Rows.Add(VoucherTable.Vouchers.Save(voucher));
        }
    }
}

/// <summary>What was given, as it is kept for the case that it is taken back. Names are the stored format.</summary>
/// <param name="Voucher">Number of the code or the card.</param>
/// <param name="IsNew">Whether it was given with the reward.</param>
/// <param name="Credits">Credits that were added.</param>
/// <param name="Points">Points that were added.</param>
internal sealed record GivenReward(long? Voucher, bool IsNew, long Credits, long Points)
{
    public static readonly GivenReward Nothing = new(null, false, 0, 0);
}

/// <summary>A gift that is about to be given, and what has to be settled once it is known whether it was.</summary>
/// <param name="Gift">What is written.</param>
/// <param name="Given">What is kept of it.</param>
internal sealed record PreparedReward(RewardGift Gift, GivenReward Given)
{
    /// <summary>The member whose points change, besides whoever spends some.</summary>
    public MemberBook? Member { get; init; }

    /// <summary>The code or the card, as it is then.</summary>
    public VoucherView? Voucher { get; init; }

    /// <summary>Codes out of the pool.</summary>
    public IReadOnlyList<PooledCode> Taken { get; init; } = [];
}

/// <summary>Who gets a reward.</summary>
/// <param name="Number">Customer number.</param>
/// <param name="Id">Customer id.</param>
/// <param name="SourceId">The shop's id.</param>
internal sealed record RewardedCustomer(long Number, string Id, string? SourceId);

/// <summary>Why a reward is given.</summary>
/// <param name="Source">The id of what it is given for: the same again is the same gift.</param>
/// <param name="Channel">Who asked.</param>
internal sealed record RewardCause(string Source, string Channel);
