using System.Text.Json;
using Marketing.Categories;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Campaigns;

/// <summary>Filters of lists of campaigns, by the names of the product. A project has few campaigns, and every silo has them in memory.</summary>
internal static class CampaignFilters
{
    private static readonly Shape Listed = new("campaign", "A campaign in lists")
    {
        Fields =
        [
            .. Texts("campaigns", "campaigns_id", "campaign_type", "voucher_type", "description", "campaign_status"), Date("created_date"), Date("updated_at"), Date("start_date"), Date("expiration_date"),
            .. new[] { "type", "active", "is_referral_code", "categories", "category_ids", "validity_day_of_week", "validity_timeframe", "status" }.Select(static name => new ShapeField(name, FieldType.List)),
            Keys("metadata", "The shop's own attributes"),
        ],
    };

    private static readonly FilterSubject Subject = new(Listed, static field => field switch
    {
        "name" => "campaigns",
        "id" => "campaigns_id",
        "created_at" => "created_date",
        _ => field,
    });

    // What the operators of status ask for, which have no value.
    private static readonly string[] Statuses = ["active", "failed", "in_progress", "expired", "before_start"];

    /// <summary>The filter, or what is wrong with it.</summary>
    public static (ListFilter? Filter, IReadOnlyList<FieldProblem> Problems) Parse(RawJson given, FilterSettings calendar)
    {
        if (given.ToElement() is not { ValueKind: JsonValueKind.Object } filters || !filters.TryGetProperty("status", out var status))
        {
            return ListFilter.Parse(given, Subject, calendar);
        }

        // One that is asked for with an operator is a value like others.
        var asked = status.GetProperty("conditions").EnumerateObject().Select(static condition => condition.Name.TrimStart('$')).ToList();
        if (asked is not [var only] || !Statuses.Contains(only))
        {
            return (null, [new FieldProblem("filters.status.conditions", $"must be one of {string.Join(", ", Statuses.Select(static one => $"${one}"))}, without a value")]);
        }

        return ListFilter.Parse(
            WrittenJson.Of(json =>
            {
                json.WriteStartObject();
                foreach (var field in filters.EnumerateObject().Where(static field => field.Name != "status"))
                {
                    field.WriteTo(json);
                }

                json.WriteStartObject("status"u8);
                json.WriteStartObject("conditions"u8);
                json.WriteString("$is"u8, only);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }),
            Subject,
            calendar);
    }

    /// <summary>Whether it asks how far the codes of campaigns are, which is not in memory.</summary>
    public static bool ReadsCodes(this ListFilter filter) => filter.Reads("status") || filter.Reads("campaign_status");

    /// <summary>Those that meet a filter.</summary>
    /// <param name="campaigns">The campaigns.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="categories">Their categories.</param>
    /// <param name="statusOf">How far the codes of a campaign are.</param>
    /// <param name="now">What the filter calls now.</param>
    public static IEnumerable<CampaignEntry> Matching(
        this IEnumerable<CampaignEntry> campaigns, ListFilter filter, CategorySection categories, Func<CampaignRow, string> statusOf, DateTimeOffset now) =>
        campaigns.Where(campaign => filter.Meets(Document(campaign.Row, categories.Find(campaign.CategoryId), statusOf(campaign.Row), now).Utf8.Span, now));

    private static IEnumerable<string> StatusesOf(JsonElement fields, string generation, DateTimeOffset now)
    {
        switch (generation)
        {
            case "FAILED":
                return ["failed"];
            case "IN_PROGRESS":
                return ["in_progress"];
            default:
                return
                [
                    "active", .. InstantOf(fields, "expiration_date") < now ? ["expired"] : (string[])[], .. InstantOf(fields, "start_date") > now ? ["before_start"] : (string[])[],
                ];
        }
    }

    private static DateTimeOffset? InstantOf(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant) ? instant : null;

    private static RawJson Document(CampaignRow row, Category? category, string status, DateTimeOffset now) => WrittenJson.Of(json =>
    {
        var fields = row.Fields.ToElement();
        json.WriteStartObject();
        json.WriteString("campaigns"u8, row.Name);
        json.WriteString("campaigns_id"u8, row.Id);
        json.WriteString("campaign_type"u8, row.CampaignType);
        json.WriteString("voucher_type"u8, row.CampaignType == CampaignTypes.Promotion ? null : CampaignTypes.VoucherOf(row.CampaignType).Type);

        // BULK is the product's word for those of several codes.
        json.WriteStartArray("type"u8);
        json.WriteStringValue(row.Type);
        if (row.Type != CampaignTypes.Standalone)
        {
            json.WriteStringValue("BULK"u8);
        }

        json.WriteEndArray();
        json.WriteString("campaign_status"u8, status);
        json.WriteStartArray("status"u8);
        foreach (var one in StatusesOf(fields, status, now))
        {
            json.WriteStringValue(one);
        }

        json.WriteEndArray();
        json.WriteString("validity_timeframe"u8, fields.TryGetProperty("validity_timeframe", out var timeframe) && timeframe.ValueKind == JsonValueKind.Object ? timeframe.GetRawText() : null);
        json.WriteBoolean("active"u8, row.IsActive);
        json.WriteBoolean("is_referral_code"u8, row.CampaignType == CampaignTypes.Referral);
        WriteTexts("categories"u8, category?.Name, json);
        WriteTexts("category_ids"u8, category?.Id, json);
        json.WriteString("created_date"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("updated_at"u8, row.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
        foreach (var name in (ReadOnlySpan<string>)["description", "start_date", "expiration_date", "validity_day_of_week"])
        {
            if (fields.TryGetProperty(name, out var value))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(row.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteEndObject();
    });

    private static void WriteTexts(ReadOnlySpan<byte> name, string? one, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        if (one is not null)
        {
            json.WriteStringValue(one);
        }

        json.WriteEndArray();
    }
}
