using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Orders;
using Marketing.ValidationRules;

namespace Marketing.Redemptions;

/// <summary>Everything a request is decided by, read once. Immutable: deciding asks nobody.</summary>
internal sealed record RedemptionCase
{
    public required CatalogueSnapshot Catalogue { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<CaseRedeemable> Redeemables { get; init; }

    public required StackingRules Stacking { get; init; }

    /// <summary>The customer as stored; null for somebody unknown or new.</summary>
    public CustomerRow? Customer { get; init; }

    /// <summary>The customer as rules see them, with what came with the request.</summary>
    public RuleCustomer? Person { get; init; }

    /// <summary>What is bought; null for nothing.</summary>
    public CaseOrder? Order { get; init; }

    /// <summary>Of the request.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>What rules have counted so far.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = FrozenDictionary<string, long>.Empty;

    /// <summary>What discounts give away.</summary>
    public IReadOnlyDictionary<string, FreeProduct> Products { get; init; } = FrozenDictionary<string, FreeProduct>.Empty;

    public string? ApiKey { get; init; }

    /// <summary>Whether only conditions on the customer are asked, as if the others held.</summary>
    public bool IsAudienceOnly { get; init; }

    /// <summary>Whether it is shown what sessions hold of gift cards.</summary>
    public bool ShowsHeldCredits { get; init; }

    public Cart Cart => Order?.Cart ?? Cart.Empty;
}

/// <summary>What is bought.</summary>
/// <param name="Present">The order as stored; null for a new one.</param>
/// <param name="Document">The order with what the request says, before any discount of it.</param>
/// <param name="Cart">The same, to be calculated with.</param>
/// <param name="Marks">What is remembered of the stored one.</param>
internal sealed record CaseOrder(OrderRow? Present, JsonElement Document, Cart Cart, OrderMarks Marks);
