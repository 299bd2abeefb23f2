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
            .. Texts("campaigns", "campaigns_id", "campaign_type", "voucher_type", "description"), Date("created_date"), Date("updated_at"), Date("start_date"), Date("expiration_date"),
            .. new[] { "type", "active", "is_referral_code", "categories", "category_ids", "validity_day_of_week" }.Select(static name => new ShapeField(name, FieldType.List)),
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

    /// <summary>The filter, or what is wrong with it.</summary>
    public static (FilterSet? Filter, IReadOnlyList<FieldProblem> Problems) Parse(RawJson given, FilterSettings calendar) => FilterParser.Parse(given.Utf8, Subject, calendar) switch
    {
        FilterParseResult.Ok ok => (new FilterSet([ok.Filter]), []),
        FilterParseResult.Malformed malformed => (null, [.. malformed.Problems.Select(static problem => new FieldProblem(problem.Path, problem.Message))]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Those that meet a filter.</summary>
    public static IEnumerable<CampaignEntry> Matching(this IEnumerable<CampaignEntry> campaigns, FilterSet filter, CategorySection categories, DateTimeOffset now)
    {
        var values = filter.NewValues();
        foreach (var campaign in campaigns)
        {
            filter.Read(Document(campaign.Row, categories.Find(campaign.CategoryId)).Utf8.Span, values);
            if (filter.Matches(0, values, now))
            {
                yield return campaign;
            }
        }
    }

    private static RawJson Document(CampaignRow row, Category? category) => WrittenJson.Of(json =>
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
