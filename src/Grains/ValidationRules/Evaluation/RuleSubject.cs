using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Customers;

namespace Marketing.ValidationRules;

/// <summary>
/// What rules are asked about: one incentive that somebody wants, or one order or event. Whatever is not known is left out; a rule that needs it then does not hold, and
/// says what it lacks (<see cref="RuleLack"/>).
/// </summary>
internal sealed record RuleSubject
{
    /// <summary>Who redeems; null for somebody unknown.</summary>
    public RuleCustomer? Customer { get; init; }

    /// <summary>The order before the discount in question, with what others have taken off already; null where there is none.</summary>
    public Cart? Order { get; init; }

    /// <summary>The same after the discount in question; null while it is not known, which is then the order before it.</summary>
    public Cart? Discounted { get; init; }

    /// <summary>Of the redemption; undefined where it has none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Of the custom event; undefined where there is none.</summary>
    public JsonElement EventMetadata { get; init; }

    /// <summary>What is to be taken off a gift card, in minor units.</summary>
    public long GiftCredits { get; init; }

    /// <summary>Points to be paid with.</summary>
    public long PointsUsed { get; init; }

    /// <summary>The id of the key the request came with.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The user who redeems, where it is one of the shop's own.</summary>
    public string? UserLogin { get; init; }

    /// <summary>Whether the code was published to the customer.</summary>
    public bool IsHolder { get; init; }

    /// <summary>The customer's tier in the program that it is about.</summary>
    public string? LoyaltyTier { get; init; }

    /// <summary>What is redeemed: the id of the voucher or of the promotion tier.</summary>
    public string? Incentive { get; init; }

    /// <summary>The id of its campaign; null for one that stands alone.</summary>
    public string? Campaign { get; init; }

    /// <summary>Whether only conditions on the customer are asked. The others, limits and bundles with them, are taken to hold.</summary>
    public bool IsAudienceOnly { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What was counted so far, by <see cref="RuleLimit.KeyFor"/>; what is not there is 0.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = FrozenDictionary<string, long>.Empty;
}

/// <summary>A customer as rules see one.</summary>
/// <param name="Id">Customer id.</param>
/// <param name="Document">As it is stored.</param>
/// <param name="Segments">Ids of those of <see cref="CompiledRule.Segments"/> the customer is in, or of all.</param>
internal sealed record RuleCustomer(string Id, ReadOnlyMemory<byte> Document, IReadOnlySet<string> Segments)
{
    public static RuleCustomer Of(CustomerRow row, IEnumerable<string> segments) => new(row.Id, row.Document, segments.ToHashSet(StringComparer.Ordinal));
}
