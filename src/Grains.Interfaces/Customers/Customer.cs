namespace Marketing.Customers;

/// <summary>
/// A customer: what the shop told us and what we counted since. The JSON property names are the wire format of the customer
/// object and the format of the stored document; a segment filter names its fields by the same paths.
/// </summary>
[GenerateSerializer, Alias("customer-document")]
public sealed record Customer
{
    /// <summary>The customer id, <c>cust_…</c> or the caller's own; unique in the project.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The shop's id of the customer; unique in the project, fixed once set.</summary>
    [Id(1)] public string? SourceId { get; set; }

    /// <summary>Full name.</summary>
    [Id(2)] public string? Name { get; set; }

    /// <summary>Free text.</summary>
    [Id(3)] public string? Description { get; set; }

    /// <summary>Where the email channel sends.</summary>
    [Id(4)] public string? Email { get; set; }

    /// <summary>Where text messages go.</summary>
    [Id(5)] public string? Phone { get; set; }

    /// <summary>Day of birth, <c>YYYY-MM-DD</c>.</summary>
    [Id(6)] public string? Birthdate { get; set; }

    /// <summary>Postal address.</summary>
    [Id(7)] public CustomerAddress? Address { get; set; }

    /// <summary>The shop's own attributes, a JSON object; null while none were ever given.</summary>
    [Id(8)] public RawJson? Metadata { get; set; }

    /// <summary>Attributes set by the engine and its integrations, a JSON object.</summary>
    [Id(9)] public RawJson SystemMetadata { get; set; } = RawJson.EmptyObject;

    /// <summary>Orders and redemptions in figures.</summary>
    [Id(10)] public CustomerSummary Summary { get; set; } = new();

    /// <summary>Points and referrals in figures.</summary>
    [Id(11)] public CustomerLoyalty Loyalty { get; set; } = new();

    /// <summary>Who referred this customer, by campaign.</summary>
    [Id(12)] public CustomerReferrals Referrals { get; set; } = new();

    /// <summary>When the customer was first seen.</summary>
    [Id(13)] public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the profile last changed.</summary>
    [Id(14)] public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>How often and when each custom event happened, by event name. Read by filters as <c>events.NAME.count</c>; not part of the API's customer object.</summary>
    [Id(15)] public Dictionary<string, EventCount> Events { get; set; } = [];
}

/// <summary>Occurrences of one custom event.</summary>
[GenerateSerializer, Alias("customer.event-count")]
public sealed record EventCount
{
    /// <summary>How often.</summary>
    [Id(0)] public long Count { get; set; }

    /// <summary>The first time.</summary>
    [Id(1)] public DateTimeOffset First { get; set; }

    /// <summary>The latest time.</summary>
    [Id(2)] public DateTimeOffset Last { get; set; }
}

/// <summary>Orders and redemptions of a customer in figures. Money in minor units (cents).</summary>
[GenerateSerializer, Alias("customer.summary")]
public sealed record CustomerSummary
{
    /// <summary>Redemptions.</summary>
    [Id(0)] public RedemptionSummary Redemptions { get; set; } = new();

    /// <summary>Orders with status <c>PAID</c> or <c>FULFILLED</c>.</summary>
    [Id(1)] public OrderSummary Orders { get; set; } = new();
}

/// <summary>Redemptions of a customer in figures.</summary>
[GenerateSerializer, Alias("customer.redemption-summary")]
public sealed record RedemptionSummary
{
    /// <summary>All attempts.</summary>
    [Id(0)] public long TotalRedeemed { get; set; }

    /// <summary>Refused attempts.</summary>
    [Id(1)] public long TotalFailed { get; set; }

    /// <summary>Successful redemptions.</summary>
    [Id(2)] public long TotalSucceeded { get; set; }

    /// <summary>Redemptions taken back.</summary>
    [Id(3)] public long TotalRolledBack { get; set; }

    /// <summary>Refused rollbacks.</summary>
    [Id(4)] public long TotalRollbackFailed { get; set; }

    /// <summary>Successful rollbacks.</summary>
    [Id(5)] public long TotalRollbackSucceeded { get; set; }

    /// <summary>Gift cards.</summary>
    [Id(6)] public GiftSummary Gift { get; set; } = new();

    /// <summary>Loyalty cards.</summary>
    [Id(7)] public LoyaltyCardSummary LoyaltyCard { get; set; } = new();
}

/// <summary>Gift card credits of a customer, in minor units.</summary>
[GenerateSerializer, Alias("customer.gift-summary")]
public sealed record GiftSummary
{
    /// <summary>Spent so far.</summary>
    [Id(0)] public long RedeemedAmount { get; set; }

    /// <summary>Left on all cards.</summary>
    [Id(1)] public long AmountToGo { get; set; }
}

/// <summary>Loyalty points of a customer.</summary>
[GenerateSerializer, Alias("customer.loyalty-card-summary")]
public sealed record LoyaltyCardSummary
{
    /// <summary>Spent so far.</summary>
    [Id(0)] public long RedeemedPoints { get; set; }

    /// <summary>Left on all cards.</summary>
    [Id(1)] public long PointsToGo { get; set; }
}

/// <summary>Paid and fulfilled orders of a customer. Money in minor units.</summary>
[GenerateSerializer, Alias("customer.order-summary")]
public sealed record OrderSummary
{
    /// <summary>Sum of the order totals.</summary>
    [Id(0)] public long TotalAmount { get; set; }

    /// <summary>Number of orders.</summary>
    [Id(1)] public long TotalCount { get; set; }

    /// <summary><c>total_amount</c> divided by <c>total_count</c>, rounded down.</summary>
    [Id(2)] public long AverageAmount { get; set; }

    /// <summary>Total of the latest order.</summary>
    [Id(3)] public long LastOrderAmount { get; set; }

    /// <summary>When the latest order was placed; absent before the first.</summary>
    [Id(4)] public DateTimeOffset? LastOrderDate { get; set; }
}

/// <summary>Points and referrals of a customer.</summary>
[GenerateSerializer, Alias("customer.loyalty")]
public sealed record CustomerLoyalty
{
    /// <summary>Points over all cards.</summary>
    [Id(0)] public long Points { get; set; }

    /// <summary>Customers referred over all campaigns.</summary>
    [Id(1)] public long ReferredCustomers { get; set; }

    /// <summary>The same by campaign name.</summary>
    [Id(2)] public Dictionary<string, CampaignLoyalty> Campaigns { get; set; } = [];
}

/// <summary>Points of a customer in one campaign.</summary>
[GenerateSerializer, Alias("customer.campaign-loyalty")]
public sealed record CampaignLoyalty
{
    /// <summary>Points on the card of this campaign.</summary>
    [Id(0)] public long Points { get; set; }

    /// <summary>Name of the loyalty tier reached.</summary>
    [Id(1)] public string? LoyaltyTier { get; set; }

    /// <summary>Customers referred in this campaign.</summary>
    [Id(2)] public long ReferredCustomers { get; set; }
}

/// <summary>Who referred a customer.</summary>
[GenerateSerializer, Alias("customer.referrals")]
public sealed record CustomerReferrals
{
    /// <summary>How many referrals there are.</summary>
    [Id(0)] public long Total { get; set; }

    /// <summary>One entry per campaign.</summary>
    [Id(1)] public List<CustomerReferral> Campaigns { get; set; } = [];
}

/// <summary>One referral of a customer.</summary>
[GenerateSerializer, Immutable, Alias("customer.referral")]
public sealed record CustomerReferral
{
    /// <summary>The referral campaign.</summary>
    [Id(0)] public required string CampaignId { get; init; }

    /// <summary>The customer who referred.</summary>
    [Id(1)] public required string ReferrerId { get; init; }

    /// <summary>What the referral was made by.</summary>
    [Id(2)] public required string RelatedObjectId { get; init; }

    /// <summary>The kind of that object.</summary>
    [Id(3)] public required string RelatedObjectType { get; init; }

    /// <summary>When.</summary>
    [Id(4)] public DateTimeOffset Date { get; init; }
}
