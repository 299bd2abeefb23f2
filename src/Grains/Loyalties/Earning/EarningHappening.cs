using System.Globalization;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Json;
using Marketing.ProductCollections;
using Marketing.Projects;

namespace Marketing.Loyalties;

/// <summary>What happened, as earning rules see it and as changes of points show it. Read once for all rules that listen to it.</summary>
internal sealed class EarningHappening
{
    private readonly CustomerWork _work;
    private readonly RaisedEvent _happened;
    private readonly JsonElement _objects;
    private EarningSubject? _subject;

    public EarningHappening(CustomerWork work, int entry)
    {
        (_work, _happened) = (work, work.Raised[entry]);
        _objects = JsonElement.Parse(_happened.Data);
        OrderId = _happened.Type == TriggerCatalogue.OrderPaid ? LoyaltyJson.Text(Order, "id") : null;
    }

    /// <summary>The order that was paid; null where it was something else.</summary>
    public string? OrderId { get; }

    public EarningSubject Subject => _subject ??= new EarningSubject
    {
        Order = Order.ValueKind == JsonValueKind.Object && CartReader.Read(Order).Cart is { } cart ? CollectedCart.Of(cart, Order, _work.Catalogue, _work.LookedAt) : null,
        EventMetadata = LoyaltyJson.Child(LoyaltyJson.Child(_objects, "event"), "metadata"),
        Data = new FormulaData
        {
            Now = TimeZoneInfo.ConvertTime(_work.Now, _work.Catalogue.Section<ProjectSection>().Calendar.TimeZone),
            Customer = _work.Customer.Metadata is { } metadata ? metadata.ToElement() : default,
            Birthdate = _work.Customer.Birthdate is { Length: >= 10 } born && DateOnly.TryParseExact(born.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        },
    };

    private JsonElement Order => LoyaltyJson.Child(_objects, "order");

    /// <summary>What the ledger shows of it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="tier">The member's tier; null for none.</param>
    public RawJson Details(EarningRuleEntry rule, LoyaltyTierEntry? tier) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        if (Order.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject("order"u8);
            json.WriteString("id"u8, LoyaltyJson.Text(Order, "id"));
            json.WriteString("source_id"u8, LoyaltyJson.Text(Order, "source_id"));
            json.WriteEndObject();
        }

        json.WriteStartObject("event"u8);
        json.WriteString("type"u8, _happened.Type);
        json.WriteEndObject();
        json.WriteStartObject("earning_rule"u8);
        json.WriteString("id"u8, rule.Id);
        json.WriteStartObject("source"u8);
        json.WriteString("banner"u8, rule.Banner ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
        WriteNamed("segment"u8, LoyaltyJson.Child(_objects, "segment"), json);
        WriteNamed("loyalty_tier"u8, TierOfEvent, json);
        if (rule.CustomEvent is { } custom)
        {
            json.WriteStartObject("custom_event"u8);
            json.WriteString("type"u8, custom);
            json.WriteEndObject();
        }

        if (tier is not null)
        {
            json.WriteStartObject("holder_loyalty_tier"u8);
            json.WriteString("id"u8, tier.Id);
            json.WriteString("name"u8, tier.Name);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>The objects of the event that tells of it, besides those of the card.</summary>
    public void WriteObjects(EarningRuleEntry rule, LoyaltyTierEntry? tier, string campaignId, Utf8JsonWriter json)
    {
        json.WritePropertyName("holder"u8);
        CustomerView.Write(_work.Customer.Id, CustomerJson.Write(_work.Customer), TriggerCatalogue.RewardedPoints, json);
        json.WritePropertyName("loyalty_tier"u8);
        LoyaltyTierJson.Write(tier, campaignId, json);
        json.WritePropertyName("earning_rule"u8);
        LoyaltyTierJson.WriteRule(rule, campaignId, json);
        WriteOrNull("order"u8, Order, json);
        WriteOrNull("event"u8, LoyaltyJson.Child(_objects, "event"), json);
    }

    private JsonElement TierOfEvent => LoyaltyJson.Child(_objects, "loyalty_tier") is { ValueKind: JsonValueKind.Object } tier ? tier : LoyaltyJson.Child(_objects, "loyalty_tier_to");

    private static void WriteNamed(ReadOnlySpan<byte> name, JsonElement of, Utf8JsonWriter json)
    {
        if (of.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject(name);
            json.WriteString("id"u8, LoyaltyJson.Text(of, "id"));
            json.WriteString("name"u8, LoyaltyJson.Text(of, "name"));
            json.WriteEndObject();
        }
    }

    private static void WriteOrNull(ReadOnlySpan<byte> name, JsonElement value, Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Object)
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
