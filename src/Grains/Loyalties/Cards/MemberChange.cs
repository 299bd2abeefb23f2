using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>What is to be written of a member, decided on the row as it was read: whoever else wrote it meanwhile, it is decided again.</summary>
[GenerateSerializer, Immutable, Alias("loyalty-member-change")]
internal sealed record MemberChange
{
    [Id(0)] public required MemberRow Row { get; init; }

    /// <summary>Points that wait, or did.</summary>
    [Id(1)] public IReadOnlyList<PendingRow> Pending { get; init; } = [];

    /// <summary>Changes of points.</summary>
    [Id(2)] public IReadOnlyList<PointsWritten> Entries { get; init; } = [];

    /// <summary>What the holder is told.</summary>
    [Id(3)] public IReadOnlyList<MemberHappening> Events { get; init; } = [];

    /// <summary>The name of the campaign.</summary>
    [Id(4)] public required string Campaign { get; init; }

    /// <summary>What the balance in the profile changes by.</summary>
    [Id(5)] public long Told { get; init; }

    /// <summary>What was spent, less what was given back.</summary>
    [Id(6)] public long Redeemed { get; init; }

    /// <summary>The name of the tier; null for none.</summary>
    [Id(7)] public string? Tier { get; init; }

    /// <summary>Whether the profile that is written is the holder's.</summary>
    [Id(8)] public bool IsHolders { get; init; } = true;
}

/// <summary>A change of points as it is written.</summary>
/// <param name="Number">Of the ledger's row.</param>
/// <param name="Points">What is added.</param>
/// <param name="Type">One of <see cref="PointsTypes"/>.</param>
/// <param name="Document">A <see cref="PointsDocument"/>.</param>
[GenerateSerializer, Immutable, Alias("loyalty-points-written")]
internal sealed record PointsWritten([property: Id(0)] long Number, [property: Id(1)] long Points, [property: Id(2)] string Type, [property: Id(3)] RawJson Document);

/// <summary>An event as it is written.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Campaign">The id of the campaign.</param>
/// <param name="Data">Its objects.</param>
/// <param name="Tier">Of tier events, the tier that it is about.</param>
[GenerateSerializer, Immutable, Alias("loyalty-member-happening")]
internal sealed record MemberHappening([property: Id(0)] string Type, [property: Id(1)] string Campaign, [property: Id(2)] RawJson Data, [property: Id(3)] string? Tier)
{
    /// <summary>Of what is told ahead, how many days or points.</summary>
    [Id(4)] public long? Within { get; init; }
}

/// <summary>Accounts of points.</summary>
internal static class PointsAccounts
{
    /// <summary>Points of a card: the sum of its buckets.</summary>
    public static string Of(long card) => $"voucher/{card}/points";

    /// <summary>What changes of the points of a programme's cards are listed under.</summary>
    public static string In(long campaign) => $"campaign/{campaign}/points";

    /// <summary>The card whose points an account is.</summary>
    public static long CardOf(string account) => long.Parse(account.AsSpan("voucher/".Length..^"/points".Length), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Writes changes of members: row, buckets, ledger, profile and events, in one commit.</summary>
internal static class MemberCommits
{
    public static void AddTo(CustomerWork work, MemberChange change)
    {
        Put(work.Commit.Rows, MemberTable.Members.Save(change.Row));
        foreach (var pending in change.Pending)
        {
            Put(work.Commit.Rows, PendingTable.Pending.Save(pending));
        }

        foreach (var entry in change.Entries)
        {
            work.Commit.Balances.Add(new BalanceChange(PointsAccounts.Of(change.Row.Number), entry.Points, entry.Number, entry.Type, work.Now.AsStored(), entry.Document.Utf8.ToArray())
            {
                Most = LoyaltyLimits.Points * 2,
                Listed = PointsAccounts.In(change.Row.Campaign),
            });
            work.Commit.Tallies.Add(new Tally(CampaignFigures.Key(change.Row.Campaign, PointsTypes.FigureOf(entry.Type)), Math.Abs(entry.Points)));
        }

        if (change.IsHolders)
        {
            TellProfile(work.Customer, change);
        }

        foreach (var happened in change.Events)
        {
            work.Raise(happened.Type, happened.Campaign, happened.Data.Utf8.ToArray(), AboutOf(happened, change));
        }
    }

    private static object? AboutOf(MemberHappening happened, MemberChange change) =>
        happened.Within is { } within ? new MemberAhead(within) : happened.Tier is { } tier ? new TierMoved(change.Row.Campaign, tier) : null;

    private static void TellProfile(Customer customer, MemberChange change)
    {
        if (!customer.Loyalty.Campaigns.TryGetValue(change.Campaign, out var known))
        {
            customer.Loyalty.Campaigns[change.Campaign] = known = new CampaignLoyalty();
        }

        known.Points += change.Told;
        known.LoyaltyTier = change.Tier;
        customer.Loyalty.Points += change.Told;
        customer.Summary.Redemptions.LoyaltyCard.PointsToGo += change.Told;
        customer.Summary.Redemptions.LoyaltyCard.RedeemedPoints += change.Redeemed;
    }

    // A row that is in the commit already was decided on before; what is written is the last of it.
    private static void Put(List<RowWrite> rows, RowWrite write)
    {
        rows.RemoveAll(one => one.Table == write.Table && one.Row.Number == write.Row.Number);
        rows.Add(write);
    }
}

/// <summary>Points of members come and go in the commit that says so to whoever listens.</summary>
[GenerateSerializer, Immutable, Alias("loyalty-members-changed")]
internal sealed record MembersChanged : CustomerFact
{
    /// <summary>Those of the customer, and others' that points are moved from.</summary>
    [Id(0)] public required IReadOnlyList<MemberChange> Members { get; init; }

    /// <summary>What the caller is answered, and kept under the key of the request.</summary>
    [Id(1)] public RawJson? Answer { get; init; }
}
