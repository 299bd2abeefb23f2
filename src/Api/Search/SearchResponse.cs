using Marketing.Campaigns;
using Marketing.Segments;

namespace Marketing.Search;

/// <summary>What was found, up to ten of each.</summary>
internal sealed record SearchResponse(
    IReadOnlyList<FoundCustomer> Customers, IReadOnlyList<SegmentReference> Segments, IReadOnlyList<CampaignReference> Campaigns, IReadOnlyList<FoundDistribution> Distributions)
{
    public string Object { get; } = "search";
}

/// <summary>A customer, to be told from others.</summary>
internal sealed record FoundCustomer(string Id, string? SourceId, string? Name, string? Email, string? Phone);

/// <summary>A distribution, to be told from others.</summary>
internal sealed record FoundDistribution(string Id, string? Name, string Status);
