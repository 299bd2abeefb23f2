using Marketing.Catalogue;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.ProductCollections;

/// <summary>Reads the collections of a project. What was compiled of a row stays until the row is written again, or the project's time zone is another.</summary>
internal sealed partial class ProductCollectionsSectionReader(
    ITableStore<ProductCollectionRow> store, IGrainFactory grains, ILogger<ProductCollectionsSectionReader> logger) : SectionReader<ProductCollectionsSection>
{
    public override IReadOnlyList<string> Tables => ["product_collections"];

    protected override async ValueTask<ProductCollectionsSection> ReadAsync(int project, ProductCollectionsSection? before)
    {
        var rows = (await store.ListAsync(project, new TableQuery("created_at", CollectionLimits.Collections, 1), CancellationToken.None)).Items;
        var zone = rows.Any(row => !row.IsStatic) ? await ZoneAsync(project) : FilterSettings.Default.TimeZone.Id;
        return new ProductCollectionsSection([.. rows.Select(row => before?.Find(row.Id) is { } known && IsOf(known, row, zone) ? known : Entry(row, zone))]);
    }

    protected override void Replaced(CatalogueSnapshot catalogue, ProductCollectionsSection? before, ProductCollectionsSection now)
    {
        foreach (var collection in now.All.Where(collection => collection.Unreadable is not null && collection.Unreadable != before?.Find(collection.Id)?.Unreadable))
        {
            LogUnreadable(collection.Id, catalogue.Project, collection.Unreadable!);
        }
    }

    private async Task<string> ZoneAsync(int project) =>
        (await grains.ProjectDirectory.ListAsync()).FirstOrDefault(known => known.Number == project)?.Settings.TimeZone ?? FilterSettings.Default.TimeZone.Id;

    private static bool IsOf(CollectionEntry known, ProductCollectionRow row, string zone) =>
        known.Number == row.Number && known.Version == row.Version && (row.IsStatic || known.Zone == zone);

    private static CollectionEntry Entry(ProductCollectionRow row, string zone)
    {
        var entry = new CollectionEntry(row.Number, row.Id, row.Version);
        return row.IsStatic
            ? entry with { Members = CollectionRules.MembersOf(row) }
            : CollectionFilters.Parse(row.Content, FilterSettings.In(zone)) switch
            {
                FilterParseResult.Ok ok => entry with { Filter = ok.Filter, Zone = zone },
                FilterParseResult.Malformed malformed => entry with { Zone = zone, Unreadable = $"{malformed.Path} {malformed.Message}".Trim() },
                _ => throw new System.Diagnostics.UnreachableException(),
            };
    }

    [LoggerMessage(LogLevel.Error, "The stored filter of product collection {CollectionId} of project {Project} is not understood, so nothing is in it until it is changed: {Reason}")]
    private partial void LogUnreadable(string collectionId, int project, string reason);
}

/// <summary>Filters that read the calendar are read in the project's new time zone.</summary>
internal sealed class CollectionsFollowTimeZone(Catalogues catalogues) : ITimeZoneFollower
{
    public async Task FollowAsync(int project)
    {
        if ((await catalogues.GetAsync(project)).ProductCollections.All.Any(static collection => collection.Filter?.ReadsCalendar == true))
        {
            await catalogues.ChangedAsync(project);
        }
    }
}
