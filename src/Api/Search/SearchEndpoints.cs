using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Http;
using Marketing.Segments;

namespace Marketing.Search;

/// <summary>One box to find what people know by name.</summary>
internal static class SearchEndpoints
{
    private const int Shortest = 2;
    private const int Longest = 100;
    private const int Most = 10;

    public static void MapSearch(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/search", SearchAsync).WithName("Search").WithTags("Search")
            .WithQuery(Query.Text("q", $"What to look for, {Shortest} to {Longest} characters."));

    /// <summary>
    /// Up to ten each: customers whose id, source id, address, name or telephone number begins so, and segments, campaigns and distributions that have it in their name. Names and addresses in any case.
    /// </summary>
    internal static async Task<Wire<SearchResponse>> SearchAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var text = query.Text("q")?.Trim() ?? "";
        if (text.Length is < Shortest or > Longest || text.Any(char.IsControl))
        {
            throw QueryReader.Refuse("q", $"must have {Shortest} to {Longest} characters");
        }

        var customers = grains.CustomerQueries(caller.Number).SearchAsync(text, Most, cancellation);
        var segments = grains.SegmentQueries(caller.Number).SearchAsync(text, Most, cancellation);
        var campaigns = grains.CampaignQueries(caller.Number).SearchAsync(text, Most, cancellation);
        var distributions = grains.DistributionQueries(caller.Number).SummariesAsync(new DistributionListQuery { Text = text, Limit = Most }, cancellation);
        await Task.WhenAll(customers, segments, campaigns, distributions);
        return Wire.Ok(new SearchResponse(
            [.. (await customers).Select(static found => new FoundCustomer(found.Id, found.SourceId, found.Name, found.Email, found.Phone))], await segments, await campaigns,
            [.. (await distributions).Items.Select(static found => new FoundDistribution(found.Distribution.Id, found.Distribution.Draft.Name, found.Distribution.Status))]));
    }
}
