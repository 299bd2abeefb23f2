using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Qualifications;

/// <summary>Filters of qualifications, by the names of the product.</summary>
internal static class QualificationFilters
{
    private const string Path = "options.filters";

    private static readonly Shape Listed = new("redeemable", "What may be redeemed")
    {
        Fields =
        [
            .. Texts("category_id", "campaign_id", "campaign_type", "resource_type", "voucher_type", "code", "holder_role"),

            // A voucher is found by its id and by its code, which is its id in the answer.
            new ShapeField("resource_id", FieldType.List),
            Keys("metadata", "The shop's own attributes"),
        ],
    };

    private static readonly FilterSubject Subject = new(Listed);

    /// <summary>The filter, or what is wrong with it.</summary>
    public static (FilterSet? Filter, IReadOnlyList<FieldProblem> Problems) Parse(RawJson given, FilterSettings calendar) => FilterParser.Parse(given.Utf8, Subject, calendar) switch
    {
        FilterParseResult.Ok ok => (new FilterSet([ok.Filter]), []),
        FilterParseResult.Malformed malformed => (null, [.. malformed.Problems.Select(static problem => new FieldProblem(problem.Path.Length == 0 ? Path : $"{Path}.{problem.Path}", problem.Message))]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Those that meet it.</summary>
    public static IEnumerable<Candidate> Matching(this IEnumerable<Candidate> candidates, FilterSet filter, DateTimeOffset now)
    {
        var values = filter.NewValues();
        foreach (var candidate in candidates)
        {
            filter.Read(Document(candidate).Utf8.Span, values);
            if (filter.Matches(0, values, now))
            {
                yield return candidate;
            }
        }
    }

    private static RawJson Document(Candidate candidate) => WrittenJson.Of(json =>
    {
        var first = candidate.First;
        var isCode = candidate.Type == Redemptions.RedeemableReference.Voucher;
        json.WriteStartObject();
        json.WriteString("category_id"u8, first.Category?.Id);
        json.WriteString("campaign_id"u8, first.Campaign?.Id);
        json.WriteString("campaign_type"u8, first.Campaign?.Row.CampaignType);
        json.WriteString("resource_type"u8, candidate.Type);
        json.WriteString("voucher_type"u8, isCode || candidate.Type == CampaignRuleTarget.Kind ? first.Voucher?.Row.Type : null);
        json.WriteString("code"u8, isCode ? first.Reference : null);
        json.WriteString("holder_role"u8, candidate.IsHeld ? "OWNER" : null);
        json.WriteStartArray("resource_id"u8);
        json.WriteStringValue(candidate.Id);
        if (isCode)
        {
            json.WriteStringValue(first.Reference);
        }

        json.WriteEndArray();
        if (first.Metadata.ValueKind == JsonValueKind.Object)
        {
            json.WritePropertyName("metadata"u8);
            first.Metadata.WriteTo(json);
        }

        json.WriteEndObject();
    });
}
