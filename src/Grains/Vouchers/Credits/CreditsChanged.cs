using Marketing.Customers;

namespace Marketing.Vouchers.Credits;

/// <summary>The balance of a gift card that the customer holds was changed. Repeating it is the caller's business, who knows by what the change is told from others.</summary>
[GenerateSerializer, Immutable, Alias("credits-changed")]
internal sealed record CreditsChanged : CustomerFact
{
    /// <summary>The voucher's number.</summary>
    [Id(0)] public required long Voucher { get; init; }

    /// <summary>The campaign's number; null where there is none.</summary>
    [Id(1)] public long? Campaign { get; init; }

    /// <summary>Its id.</summary>
    [Id(2)] public string? CampaignId { get; init; }

    /// <summary>What is added, in minor units.</summary>
    [Id(3)] public required long Amount { get; init; }

    /// <summary>The number of the ledger's row.</summary>
    [Id(4)] public required long Entry { get; init; }

    /// <summary>What the account must hold at least.</summary>
    [Id(5)] public required long Least { get; init; }

    /// <summary>And at most.</summary>
    [Id(6)] public required long Most { get; init; }

    /// <summary>What the ledger says.</summary>
    [Id(7)] public required RawJson Document { get; init; }

    /// <summary>What the caller is answered.</summary>
    [Id(8)] public required RawJson Answer { get; init; }

    /// <summary>The objects of the event.</summary>
    [Id(9)] public required RawJson EventData { get; init; }
}
