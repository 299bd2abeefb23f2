using Marketing.Customers;
using Marketing.Orders;

namespace Marketing.Qualifications;

// For the OpenAPI document; QualificationReader reads it.

/// <summary>For whom and for what something is looked for.</summary>
internal sealed record QualificationRequest
{
    /// <summary>Who. Fields of the profile that come along are taken into account and not stored.</summary>
    public CustomerRequest? Customer { get; init; }

    /// <summary>What is bought.</summary>
    public OrderRequestBody? Order { get; init; }

    /// <summary><c>BASIC</c> or <c>ADVANCED</c>; both are the same here.</summary>
    public string? Mode { get; init; }

    public string? TrackingId { get; init; }

    /// <summary>
    /// <c>ALL</c> where it is absent, <c>CUSTOMER_WALLET</c>, <c>AUDIENCE_ONLY</c>, <c>PRODUCTS</c>, <c>PRODUCTS_DISCOUNT</c>, <c>PROMOTION_STACKS</c>, <c>PRODUCTS_BY_CUSTOMER</c> or
    /// <c>PRODUCTS_DISCOUNT_BY_CUSTOMER</c>.
    /// </summary>
    public string? Scenario { get; init; }

    public QualificationOptions? Options { get; init; }

    public QualificationSession? Session { get; init; }

    /// <summary>Of the redemption, for rules that ask for it.</summary>
    public IReadOnlyDictionary<string, object>? Metadata { get; init; }
}

/// <summary>What is wanted of the answer.</summary>
internal sealed record QualificationOptions
{
    /// <summary>1 to 50, 5 where it is absent.</summary>
    public int? Limit { get; init; }

    /// <summary><c>more_starting_after</c> of the page before.</summary>
    public DateTimeOffset? StartingAfter { get; init; }

    /// <summary>By <c>category_id</c>, <c>campaign_id</c>, <c>campaign_type</c>, <c>resource_id</c>, <c>resource_type</c>, <c>voucher_type</c>, <c>code</c> and <c>holder_role</c>.</summary>
    public IReadOnlyDictionary<string, object>? Filters { get; init; }

    /// <summary><c>redeemable</c>, <c>category</c>, <c>validation_rules</c>. Everything is always written out.</summary>
    public IReadOnlyList<string>? Expand { get; init; }

    /// <summary><c>DEFAULT</c>, the newest first; <c>BEST_DEAL</c> and <c>LEAST_DEAL</c> by what is taken off.</summary>
    public string? SortingRule { get; init; }
}

/// <summary>Asks for what sessions hold of gift cards, <c>locked_credits</c>.</summary>
internal sealed record QualificationSession
{
    /// <summary><c>LOCK</c>.</summary>
    public string? Type { get; init; }
}

/// <summary>For whom and for what promotions, codes or campaigns are looked for, as older clients ask.</summary>
internal sealed record ExaminationRequest
{
    public CustomerRequest? Customer { get; init; }

    public OrderRequestBody? Order { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }

    /// <summary>Everything is always written out.</summary>
    public ExaminationOptions? Options { get; init; }
}

/// <summary>What is to be written out.</summary>
internal sealed record ExaminationOptions
{
    public IReadOnlyList<string>? Expand { get; init; }
}
