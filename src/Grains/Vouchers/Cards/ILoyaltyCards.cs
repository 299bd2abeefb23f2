using Marketing.Storage;

namespace Marketing.Vouchers;

/// <summary>What is on loyalty cards, which is another feature's to know.</summary>
internal interface ILoyaltyCards
{
    /// <summary>What is on some cards, by the number of the voucher; those that nobody holds are missing.</summary>
    Task<IReadOnlyDictionary<long, CardFigures>> ReadAsync(int project, IReadOnlyCollection<long> cards);

    /// <summary>Takes cards off their holders, before the vouchers are deleted. Doing it again finds nothing left to do.</summary>
    Task RemoveAsync(int project, IReadOnlyCollection<long> cards);

    /// <summary>The account of a card's points.</summary>
    string AccountOf(long card);

    /// <summary>A change of points in the wire format.</summary>
    RawJson Transaction(string voucherId, string? campaignId, LedgerRow entry);
}

/// <summary>What is on a loyalty card.</summary>
internal sealed record CardFigures
{
    /// <summary>All points that were ever added: the balance and what expired, was taken away and spent.</summary>
    public long Points { get; init; }

    /// <summary>Points that can be spent.</summary>
    public long Balance { get; init; }

    /// <summary>The next day at whose end points expire, as it is written; null where none do.</summary>
    public string? NextExpiration { get; init; }

    /// <summary>How many do.</summary>
    public long NextExpirationPoints { get; init; }

    /// <summary>Points that wait.</summary>
    public long Pending { get; init; }

    /// <summary>Points that expired.</summary>
    public long Expired { get; init; }

    /// <summary>Points that were taken away.</summary>
    public long Subtracted { get; init; }

    /// <summary>Points that were spent.</summary>
    public long Redeemed { get; init; }

    /// <summary>The name of the holder's tier; null for none.</summary>
    public string? Tier { get; init; }

    /// <summary>Its last day, as it is written; null while the balance decides.</summary>
    public string? TierEnds { get; init; }
}
