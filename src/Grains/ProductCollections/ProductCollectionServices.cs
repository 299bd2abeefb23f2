using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.ProductCollections;

internal static class ProductCollectionServices
{
    public static IServiceCollection AddProductCollections(this IServiceCollection services) => services
        .AddTable(ProductCollectionTable.Collections)
        .AddSection<ProductCollectionsSectionReader>()
        .AddSingleton<ITimeZoneFollower, CollectionsFollowTimeZone>()
        .AddSingleton<CollectedProducts>();
}
