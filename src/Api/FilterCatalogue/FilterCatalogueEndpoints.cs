using Marketing.Http;

namespace Marketing.FilterCatalogue;

/// <summary>What a builder of filters can offer.</summary>
internal static class FilterCatalogueEndpoints
{
    public static void MapFilterCatalogue(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/filters/catalogue", FindAsync).WithName("GetFilterCatalogue").WithTags("Filters")
            .WithQuery(Query.Text("subject", "What the filter is about, for example customer, order or product.") with { Default = "customer" });

    /// <summary>
    /// The fields that filters about a subject can name and their kinds, those below the shop's own names by example, the operators by kind with what each asks, and the shop's own keys and event
    /// names as far as schemas, segments and distributions know them.
    /// </summary>
    internal static async Task<Wire<RawJson>> FindAsync(Caller caller, QueryReader query, IGrainFactory grains)
    {
        var filters = grains.FilterCatalogue(caller.Number);
        return await filters.FindAsync(query.Text("subject") ?? "customer") is { } found
            ? Wire.Ok(found)
            : throw QueryReader.Refuse("subject", $"must be one of: {string.Join(", ", await filters.SubjectsAsync())}");
    }
}
