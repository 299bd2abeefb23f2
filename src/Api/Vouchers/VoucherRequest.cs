namespace Marketing.Vouchers;

/// <summary>A voucher.</summary>
internal sealed record VoucherRequest
{
    /// <summary>The code; one is made where it is absent. Fixed once set.</summary>
    public string? Code { get; init; }

    /// <summary>How a code that is made looks: length, charset, prefix, postfix; or a pattern in which each # is a random character.</summary>
    public RawJson? CodeConfig { get; init; }

    /// <summary>DISCOUNT_VOUCHER or GIFT_VOUCHER; LOYALTY_CARD in a loyalty programme. Fixed once set.</summary>
    public string? Type { get; init; }

    public RawJson? Discount { get; init; }

    /// <summary><c>amount</c>: the credits it begins with, in minor units.</summary>
    public RawJson? Gift { get; init; }

    /// <summary>The campaign it belongs to, by name.</summary>
    public string? Campaign { get; init; }

    /// <summary>The campaign it belongs to, by id.</summary>
    public string? CampaignId { get; init; }

    /// <summary><c>quantity</c>: how often it may be redeemed. Without a limit where it is null; where it is absent once, but a gift card until it is empty.</summary>
    public RawJson? Redemption { get; init; }

    /// <summary>From when on; a day without a time is its beginning in the project's time zone.</summary>
    public string? StartDate { get; init; }

    /// <summary>Until when; a day without a time is its end in the project's time zone.</summary>
    public string? ExpirationDate { get; init; }

    public RawJson? ValidityTimeframe { get; init; }

    /// <summary>Days of the week, 0 is Sunday.</summary>
    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    public RawJson? ValidityHours { get; init; }

    /// <summary>The name of its category, which must be there; its id is as good. Without one it has that of its campaign.</summary>
    public string? Category { get; init; }

    public string? CategoryId { get; init; }

    /// <summary>Ids of validation rules that a new voucher has from its beginning.</summary>
    public IReadOnlyList<string>? ValidationRules { get; init; }

    public string? AdditionalInfo { get; init; }

    /// <summary>Whether it is enabled.</summary>
    public bool? Active { get; init; }

    public RawJson? Metadata { get; init; }
}

/// <summary>A change of a balance.</summary>
internal sealed record BalanceRequest
{
    /// <summary>In minor units; less than 0 takes credits.</summary>
    public required long Amount { get; init; }

    /// <summary>Your id of the change.</summary>
    public string? SourceId { get; init; }

    public string? Reason { get; init; }
}

/// <summary>A page of vouchers.</summary>
internal sealed record VoucherListResponse(IReadOnlyList<RawJson> Vouchers, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "vouchers";

    /// <summary>Whether there are more than total.</summary>
    public bool? TotalIsMinimum { get; init; }
}
