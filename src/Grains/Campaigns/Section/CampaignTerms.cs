using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Validity;

namespace Marketing.Campaigns;

/// <summary>What codes of a campaign are worth and when they hold, at one of its revisions. Immutable.</summary>
internal sealed class CampaignTerms
{
    private CampaignTerms(long revision, RawJson json)
    {
        Revision = revision;
        Json = json;
        Element = json.ToElement();
        Validity = ValidityPeriod.Read(Element);
    }

    /// <summary>Which they are, from 1.</summary>
    public long Revision { get; }

    /// <summary>In the wire format of a campaign's <c>voucher</c>.</summary>
    public RawJson Json { get; }

    public JsonElement Element { get; }

    public ValidityPeriod Validity { get; }

    public static CampaignTerms Of(long revision, RawJson json) => new(revision, json);

    /// <summary>The <c>voucher</c> of stored terms; null where the campaign has no codes.</summary>
    public static JsonObject? VoucherOf(RawJson terms) => JsonNode.Parse(terms.Utf8.Span)!.AsObject() is { } voucher && voucher.ContainsKey("type") ? voucher : null;
}
