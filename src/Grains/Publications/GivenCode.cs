using Marketing.Campaigns;
using Marketing.Catalogue;

namespace Marketing.Publications;

/// <summary>A code that a customer was given, for whoever follows what becomes of it.</summary>
/// <param name="Voucher">The number of the voucher.</param>
/// <param name="End">The last instant at which it holds for the customer; null for ever.</param>
internal readonly record struct GivenCode(long Voucher, DateTimeOffset? End)
{
    /// <summary>Those of a publication; none where it failed.</summary>
    public static IReadOnlyList<GivenCode> Of(VouchersPublished fact, CatalogueSnapshot catalogue, DateTimeOffset now)
    {
        // Where the campaign says for how long after the publication, that is what counts.
        var lasting = catalogue.Section<CampaignSection>().Find(fact.Campaign)?.ActiveFor;
        return [.. fact.Vouchers.Select(voucher => new GivenCode(voucher.Number, lasting is { } time ? now + time : voucher.End))];
    }
}
