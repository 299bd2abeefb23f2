using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Campaigns;
using Marketing.Discounts;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Validity;

namespace Marketing.Vouchers;

/// <summary>How vouchers change. Pure.</summary>
internal static class VoucherRules
{
    /// <summary>A new voucher, without its number and code; or what does not go together.</summary>
    public static (VoucherRow? Row, VoucherResult.Invalid? Refusal) Create(
        string id, VoucherCommand command, CampaignEntry? campaign, FilterSettings calendar, DateTimeOffset now)
    {
        var (document, refusal) = Document(null, command, calendar);
        if (document is null)
        {
            return (null, refusal);
        }

        var type = campaign is null ? command.Type ?? TypeOf(document) : CampaignTypes.VoucherOf(campaign.Row.CampaignType).Type;
        if (type is null || (campaign is null && document[VoucherTypes.WorthOf(type)] is null))
        {
            return (null, new VoucherResult.Invalid(type is null ? "type" : VoucherTypes.WorthOf(type), type is null ? "is required" : $"is required for {type}"));
        }

        if (campaign is null && type == VoucherTypes.Loyalty)
        {
            return (null, new VoucherResult.Invalid("campaign", "is required for LOYALTY_CARD: a card belongs to a loyalty programme"));
        }

        if (command.Type is { } given && given != type)
        {
            return (null, new VoucherResult.Invalid("type", $"must be {type}, as the campaign says"));
        }

        return (new VoucherRow(0, id, 0, "", "", campaign?.Number, null, type, command.Active ?? true, Stored(document), now, null), null);
    }

    /// <summary>The voucher after a command; the row that was there where nothing is different.</summary>
    public static (VoucherRow? Row, VoucherResult.Invalid? Refusal) Change(VoucherRow present, VoucherCommand command, FilterSettings calendar, DateTimeOffset now)
    {
        var (document, refusal) = Document(present, command, calendar);
        if (document is null)
        {
            return (null, refusal);
        }

        if (present.Campaign is null && document[VoucherTypes.WorthOf(present.Type)] is null)
        {
            return (null, new VoucherResult.Invalid(VoucherTypes.WorthOf(present.Type), $"is required for {present.Type}"));
        }

        var after = present with { IsActive = command.Active ?? present.IsActive, Document = Same(present.Document, document) };
        return (after == present ? present : after with { UpdatedAt = now }, null);
    }

    /// <summary>The metadata of a voucher; null where it has none.</summary>
    public static RawJson? MetadataOf(VoucherRow row) =>
        row.Document.ToElement().TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? RawJson.From(metadata) : null;

    private static (JsonObject? Document, VoucherResult.Invalid? Refusal) Document(VoucherRow? present, VoucherCommand command, FilterSettings calendar)
    {
        var document = JsonNode.Parse((present?.Document ?? RawJson.EmptyObject).Utf8.Span)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(command.Fields.Utf8.Span)!.AsObject())
        {
            document[name] = value?.DeepClone();
        }

        if (DiscountReader.ProblemOf(command.Fields.ToElement()) is { } problem)
        {
            return (null, new VoucherResult.Invalid(problem.Field, problem.Message));
        }

        if (command.Metadata is { } given)
        {
            var before = document["metadata"] is JsonObject known ? Stored(known) : null;
            document["metadata"] = JsonNode.Parse(JsonObjects.Merge(before, given).Utf8.Span);
        }

        DateBounds.Settle(document, calendar);
        var period = ValidityPeriod.Read(JsonSerializer.SerializeToElement(document));
        return period.End <= period.Start ? (null, new VoucherResult.Invalid("expiration_date", "must be later than start_date"))
            : period is { Interval: not null, Start: null } ? (null, new VoucherResult.Invalid("validity_timeframe", "needs a start_date to count from"))
            : Stored(document).Utf8.Length > VoucherLimits.ObjectBytes ? (null, new VoucherResult.Invalid("metadata", $"must NOT become larger than {VoucherLimits.ObjectBytes} bytes"))
            : (document, null);
    }

    private static string? TypeOf(JsonObject document) => document["gift"] is not null ? VoucherTypes.Gift : document["discount"] is not null ? VoucherTypes.Discount : null;

    private static RawJson Same(RawJson before, JsonObject after) => JsonNode.DeepEquals(JsonNode.Parse(before.Utf8.Span), after) ? before : Stored(after);

    private static RawJson Stored(JsonObject document) => new(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options));
}
