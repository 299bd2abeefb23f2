using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Customers;
using Marketing.ValidationRules;
using Marketing.Validity;

namespace Marketing.Vouchers;

/// <summary>A voucher with everything it is decided by: its own document over the terms of its campaign, and what it holds. Immutable.</summary>
internal sealed record VoucherView
{
    private readonly JsonElement _document;

    /// <param name="catalogue">The project's.</param>
    /// <param name="row">The voucher.</param>
    /// <param name="campaign">Its campaign; null where it has none.</param>
    /// <param name="holder">Who was given it; null for nobody.</param>
    public VoucherView(CatalogueSnapshot catalogue, VoucherRow row, CampaignEntry? campaign, HolderRow? holder)
    {
        (Row, Campaign, Holder) = (row, campaign, holder);
        _document = row.Document.ToElement();
        Terms = campaign?.TermsOf(holder?.Revision ?? row.Revision);
        Category = catalogue.Section<CategorySection>().Find(CategoryChoice.IdOf(_document) ?? campaign?.CategoryId);
        Assignments = catalogue.ValidationRules.AssignmentsOf(VoucherRuleTarget.Kind, row.Id);
    }

    public VoucherRow Row { get; }

    public CampaignEntry? Campaign { get; }

    public HolderRow? Holder { get; }

    /// <summary>The terms of the campaign that hold for it; null where it has none.</summary>
    public CampaignTerms? Terms { get; }

    /// <summary>Its own category, else its campaign's; null for none, or one that was deleted.</summary>
    public Category? Category { get; }

    /// <summary>The same as a list of ids.</summary>
    public IReadOnlyList<string> CategoryIds => Category is null ? [] : [Category.Id];

    /// <summary>Validation rules of the voucher itself; those of its campaign hold besides.</summary>
    public IReadOnlyList<RuleAssignment> Assignments { get; }

    /// <summary>How often it was redeemed, and is held to be.</summary>
    public long Uses { get; init; }

    /// <summary>Uses that sessions hold.</summary>
    public long Held { get; init; }

    /// <summary>Credits that sessions hold.</summary>
    public long HeldCredits { get; init; }

    /// <summary>How often it was redeemed.</summary>
    public long Redeemed => Uses - Held;

    /// <summary>Credits beside those it began with.</summary>
    public long Credits { get; init; }

    /// <summary>Credits that were added later, in all.</summary>
    public long Added { get; init; }

    /// <summary>Credits that were taken, redemptions apart.</summary>
    public long Subtracted { get; init; }

    /// <summary>What is on a loyalty card; null for one that nobody holds, and for what is none.</summary>
    public CardFigures? Card { get; init; }

    /// <summary>The same, also of one that nobody holds: what it begins with.</summary>
    public CardFigures CardOrNew => Card ?? (Holder is null && Field("loyalty_card") is { ValueKind: JsonValueKind.Object } card && card.TryGetProperty("points", out var points) && points.TryGetInt64(out var initial)
        ? new CardFigures { Points = initial, Balance = initial }
        : new CardFigures());

    /// <summary>Where pictures of the code are; null for what is no real voucher.</summary>
    public VoucherLinks? Links { get; init; }

    /// <summary>The holder's id; null for nobody, or one who was erased.</summary>
    public string? HolderId { get; init; }

    /// <summary>The holder as a customer, likewise.</summary>
    public CustomerRow? Person { get; init; }

    /// <summary>How often it may be redeemed; null for without a limit.</summary>
    public long? Quantity =>
        CampaignShape.VoucherQuantity(_document.TryGetProperty("redemption", out _) || Terms is null ? _document : Terms.Element, isGift: Row.Type is VoucherTypes.Gift or VoucherTypes.Loyalty);

    /// <summary>What the card began with.</summary>
    public long InitialCredits => Field("gift") is { ValueKind: JsonValueKind.Object } gift && gift.TryGetProperty("amount", out var amount) ? amount.GetInt64() : 0;

    /// <summary>What can be spent now.</summary>
    public long Spendable => InitialCredits + Credits;

    /// <summary>What is on the card, what sessions hold included.</summary>
    public long Balance => Spendable + HeldCredits;

    /// <summary>When it holds. Where the campaign says for how long after it was given out, that is what counts.</summary>
    public ValidityPeriod Validity
    {
        get
        {
            var own = HasOwnDates ? ValidityPeriod.Read(_document) : Terms?.Validity ?? ValidityPeriod.Read(_document);
            return Campaign?.ActiveFor is { } time && Holder is { } holder ? own with { End = holder.At + time } : own;
        }
    }

    private bool HasOwnDates => ValidityPeriod.Fields.Any(name => _document.TryGetProperty(name, out _));

    /// <summary>The same after something was redeemed or taken back.</summary>
    /// <param name="uses">How often more.</param>
    /// <param name="credits">Credits more.</param>
    public VoucherView After(long uses, long credits) => this with { Uses = Uses + uses, Credits = Credits + credits };

    /// <summary>The same after credits were put on it, or taken off, other than by redeeming.</summary>
    /// <param name="credits">How many more.</param>
    public VoucherView WithCredits(long credits) => this with { Credits = Credits + credits, Added = Added + Math.Max(0, credits), Subtracted = Subtracted + Math.Max(0, -credits) };

    /// <summary>A field as it holds for the voucher: its own, else that of the terms; undefined where neither has it.</summary>
    public JsonElement Field(string name) =>
        _document.TryGetProperty(name, out var own) ? own : Terms is not null && Terms.Element.TryGetProperty(name, out var shared) ? shared : default;
}

/// <summary>Pictures of a code.</summary>
/// <param name="Id">The token in the links.</param>
/// <param name="Qr">QR code.</param>
/// <param name="Barcode">Barcode.</param>
internal sealed record VoucherLinks(string Id, string Qr, string Barcode);
