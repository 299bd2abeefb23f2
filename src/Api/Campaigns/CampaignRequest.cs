using Marketing.Promotions;

namespace Marketing.Campaigns;

/// <summary>A campaign.</summary>
internal sealed record CampaignRequest
{
    /// <summary>Which no other campaign of the project has. Fixed once set.</summary>
    public string? Name { get; init; }

    /// <summary>DISCOUNT_COUPONS, GIFT_VOUCHERS, PROMOTION, LOYALTY_PROGRAM or REFERRAL_PROGRAM; from the type of its voucher where it is absent. Fixed once set.</summary>
    public string? CampaignType { get; init; }

    /// <summary>STATIC: the codes there are. AUTO_UPDATE: one more is made when all are given out. STANDALONE: one code for everybody.</summary>
    public string? Type { get; init; }

    public string? Description { get; init; }

    /// <summary>What each code is worth, how often it may be redeemed, how it looks.</summary>
    public CampaignVoucherRequest? Voucher { get; init; }

    /// <summary>How many codes to make.</summary>
    public int? VouchersCount { get; init; }

    /// <summary>Of a loyalty programme: whether customers join it who earn something.</summary>
    public bool? AutoJoin { get; init; }

    /// <summary>Of a loyalty programme: by what members get into tiers, and for how long they stay.</summary>
    public RawJson? LoyaltyTiersExpiration { get; init; }

    /// <summary>Of a referral programme: what makes a referral, and what it is worth to both sides.</summary>
    public ReferralProgramRequest? ReferralProgram { get; init; }

    /// <summary>Whether a customer gets one code, and then always the same.</summary>
    public bool? JoinOnce { get; init; }

    /// <summary>From when on; a day without a time is its beginning in the project's time zone.</summary>
    public string? StartDate { get; init; }

    /// <summary>Until when; a day without a time is its end in the project's time zone.</summary>
    public string? ExpirationDate { get; init; }

    /// <summary>A window that comes back, counted from the start.</summary>
    public RawJson? ValidityTimeframe { get; init; }

    /// <summary>Days of the week, 0 is Sunday.</summary>
    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    /// <summary>Hours of the day, in the project's time zone.</summary>
    public RawJson? ValidityHours { get; init; }

    /// <summary>For how long a code holds after it was published; then its expiration date does not count.</summary>
    public string? ActivityDurationAfterPublishing { get; init; }

    /// <summary>The name of its category, which must be there; its id is as good.</summary>
    public string? Category { get; init; }

    public string? CategoryId { get; init; }

    /// <summary>Ids of validation rules that a new campaign has from its beginning.</summary>
    public IReadOnlyList<string>? ValidationRules { get; init; }

    /// <summary>Whether its metadata is to be as the schema of vouchers says, instead of that of campaigns.</summary>
    public bool? UseVoucherMetadataSchema { get; init; }

    /// <summary>Whether it is enabled.</summary>
    public bool? Active { get; init; }

    /// <summary>Of a new PROMOTION campaign: its tiers.</summary>
    public PromotionTiersRequest? Promotion { get; init; }

    public RawJson? Metadata { get; init; }
}

/// <summary>What each code of a campaign is worth.</summary>
internal sealed record CampaignVoucherRequest
{
    /// <summary>DISCOUNT_VOUCHER, GIFT_VOUCHER or LOYALTY_CARD.</summary>
    public string? Type { get; init; }

    public RawJson? Discount { get; init; }

    /// <summary>The credits of each card in minor units.</summary>
    public RawJson? Gift { get; init; }

    /// <summary>The points a card begins with, and <c>expiration_rules</c>: until when points can be spent.</summary>
    public RawJson? LoyaltyCard { get; init; }

    /// <summary><c>quantity</c>: how often one code may be redeemed; where it is absent 1, of referral codes without a limit; without a limit where it is null.</summary>
    public RawJson? Redemption { get; init; }

    /// <summary>Length, charset, prefix, postfix; or a pattern in which each # is a random character.</summary>
    public RawJson? CodeConfig { get; init; }

    /// <summary>Whether the codes are those of a referral programme; follows from the campaign.</summary>
    public bool? IsReferralCode { get; init; }
}

/// <summary>What makes a referral, and what it is worth.</summary>
internal sealed record ReferralProgramRequest
{
    /// <summary>redemption: a referee redeems the code. custom_event: an event of theirs names it.</summary>
    public string? ConversionEventType { get; init; }

    /// <summary><c>name</c> of the event, or <c>id</c> of its schema.</summary>
    public RawJson? CustomEvent { get; init; }

    /// <summary>What the referee gets: <c>type</c>, <c>amount</c> and <c>related_object_parent</c>, the campaign it is of.</summary>
    public RawJson? RefereeReward { get; init; }

    /// <summary>What the referrer gets, for each referee or once from some number on. Not in the product's API.</summary>
    public IReadOnlyList<ReferralTierRequest>? ReferralTiers { get; init; }
}

/// <summary>A reward of referrers.</summary>
internal sealed record ReferralTierRequest
{
    /// <summary>Kept where it is given; otherwise by its place.</summary>
    public string? Id { get; init; }

    public string? Banner { get; init; }

    /// <summary><c>type</c> EACH, or AT_LEAST with a <c>count</c>.</summary>
    public RawJson? Conversions { get; init; }

    /// <summary>As that of the referee.</summary>
    public RawJson? Reward { get; init; }
}

/// <summary>A page of campaigns.</summary>
internal sealed record CampaignListResponse(IReadOnlyList<RawJson> Campaigns, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "campaigns";
}
