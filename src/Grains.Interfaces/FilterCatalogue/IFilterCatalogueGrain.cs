namespace Marketing.FilterCatalogue;

/// <summary>What can be said in filters of one project. Keyed by project number.</summary>
[Alias("filter-catalogue"), GrainInterfaceType("filter-catalogue")]
public interface IFilterCatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Fields, operators, and the names of the shop's own that are known from its schemas, segments and distributions, as wire JSON; null when there are no filters about the subject, such as
    /// <c>customer</c> or <c>order</c>.
    /// </summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string subject);

    /// <summary>What filters can be about, in order.</summary>
    [Alias("subjects")]
    Task<IReadOnlyList<string>> SubjectsAsync();
}

/// <summary>How the grain is addressed.</summary>
public static class FilterCatalogueAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>What can be said in filters.</summary>
        public IFilterCatalogueGrain FilterCatalogue(int project) => grains.At<IFilterCatalogueGrain>(GrainAddresses.Key(project));
    }
}
